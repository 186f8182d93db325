import type { Dialect } from './database.ts';

const JOBS = 'select json_array_elements_text(cast(:waybill_jobs as json))';

const asText = (expression: string): string => `cast(${expression} as text)`;

export const POSTGRES: Dialect = {
  name: 'PostgreSQL',
  quoted: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  asText,
  inKeyOrder: ({ byLanguage }, expression) =>
    byLanguage ? `${expression} collate "C"` : expression,
  beyond: (keys, direction, places, orSame) =>
    `(${keys.join(', ')}) ${direction}${orSame ? '=' : ''} (${places.join(', ')})`,
  jobPlaces: 'one',
  jobIn: (expression) => `${asText(expression)} in (${JOBS})`,
  anyJobIn: (expression) => `string_to_array(${asText(expression)}, ',') && array(${JOBS})`,
};
