import type { Dialect } from './database.ts';

const asText = (expression: string): string => `convert(${expression} using utf8mb4)`;
const byCodePoint = (expression: string): string => `${asText(expression)} collate utf8mb4_bin`;

/** MySQL and MariaDB. */
export const MYSQL: Dialect = {
  name: 'MySQL',
  quoted: (identifier) => `\`${identifier.replaceAll('`', '``')}\``,
  asText: byCodePoint,
  inKeyOrder: ({ byLanguage }, expression) => (byLanguage ? byCodePoint(expression) : expression),
  // A comparison of rows would not use an index here.
  beyond(keys, direction, places, orSame) {
    const [key = '', ...restKeys] = keys;
    const [place = '', ...restPlaces] = places;
    if (restKeys.length === 0) return `${key} ${direction}${orSame ? '=' : ''} ${place}`;
    const rest = this.beyond(restKeys, direction, restPlaces, orSame);
    return `${key} ${direction}= ${place} and (${key} ${direction} ${place} or (${key} = ${place} and ${rest}))`;
  },
  jobPlaces: 'each',
  jobIn: (expression, places) =>
    places.length > 0 ? `${byCodePoint(expression)} in (${places.join(', ')})` : '1 = 0',
  anyJobIn: (expression, places) =>
    places.length > 0
      ? `(${places.map((place) => `find_in_set(${place}, ${byCodePoint(expression)}) > 0`).join(' or ')})`
      : '1 = 0',
};
