import type BetterSqlite from 'better-sqlite3';
import type { Column, Dialect, Parameters, QueryPlan, RawValue } from './database.ts';
import { isoTimeOf } from './values.ts';

const asText = (expression: string): string => `cast(${expression} as text)`;
const JOBS = 'json_each(:waybill_jobs)';

export const SQLITE: Dialect = {
  name: 'SQLite',
  quoted: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  asText,
  inKeyOrder: (_, expression) => expression,
  // Row values let SQLite seek to the page in an index.
  beyond: (keys, direction, places, orSame) =>
    `(${keys.join(', ')}) ${direction}${orSame ? '=' : ''} (${places.join(', ')})`,
  jobPlaces: 'one',
  // The cast makes a number comparable with the id as text, and keeps the index for the order.
  jobIn: (expression) => `${asText(expression)} in (select value from ${JOBS})`,
  anyJobIn: (expression) =>
    `exists (select 1 from ${JOBS} where instr(',' || ${expression} || ',', ',' || value || ',') > 0)`,
};

export function columnOf({ name, type }: BetterSqlite.ColumnDefinition): Column {
  const word = (type ?? '').toLowerCase();
  return { name, type: word || 'no type', kind: kindOf(word) };
}

/** SQLite keeps what it is given; the type is what the table's maker meant. */
function kindOf(type: string): Column['kind'] {
  if (/int|real|floa|doub|num|dec/.test(type)) return 'number';
  if (/^(datetime|timestamp)/.test(type)) return 'time';
  return /blob/.test(type) ? 'binary' : 'text';
}

/** A text in a column of times; anything else stays what it is. */
export function timeOf(value: RawValue): RawValue {
  return typeof value === 'string' ? (isoTimeOf(value) ?? value) : value;
}

/** How a query would run. */
export function planOf(
  database: BetterSqlite.Database,
  sql: string,
  parameters: Parameters,
): QueryPlan {
  const details = database
    .prepare<[Parameters], { detail: string }>(`explain query plan ${sql}`)
    .all(parameters)
    .map((step) => step.detail);
  return {
    scans: details.flatMap(
      (detail) => /^SCAN (?!json_each|CONSTANT|waybill)(\S+)/.exec(detail)?.[1] ?? [],
    ),
    sorts: details.some((detail) => /TEMP B-TREE/.test(detail)),
    materializes: details.some((detail) => /MATERIALIZE|CO-ROUTINE/.test(detail)),
  };
}

/** Without a write-ahead log whoever writes waits until we have read. */
export function remarksOf(database: BetterSqlite.Database): string[] {
  if (database.pragma('journal_mode', { simple: true }) === 'wal') return [];
  return [
    'The database has no write-ahead log: while an export is planned, nobody else can write. If the ATS writes here, switch it on (pragma journal_mode = wal).',
  ];
}
