import type { CellValue, RowKey } from '../../domain/content.ts';
import type { Database, RawValue } from './database.ts';
import type { KnownList } from './list-sql.ts';
import type { ListQuery } from './source-file.ts';
import { SourceProblem } from './source-problem.ts';
import { cellOf, isoTimeOf, keyValueOf, type Place, textOf } from './values.ts';

/** The columns that a list of files has to have. */
export const FILE_COLUMNS = [
  'file_id',
  'path',
  'name',
  'size_bytes',
  'created_at',
  'job_id',
  'job_title',
  'candidate_id',
  'candidate_name',
] as const;
type FileColumn = (typeof FILE_COLUMNS)[number];

/** A list whose query was tried, with readers for its rows. */
export type SourceList = KnownList & {
  /** The key in the source file, for messages. */
  name: string;
  /** Columns that go into the CSV: not the account, and none that begins with `_`. */
  exported: string[];
  accountOf(row: RawValue[]): string;
  keyOf(row: RawValue[]): RowKey;
  valuesOf(row: RawValue[]): CellValue[];
  text(row: RawValue[], column: FileColumn): string | null;
  needed(row: RawValue[], column: FileColumn): string;
  time(row: RawValue[], column: FileColumn): string;
  keyNotUnique(): SourceProblem;
  keyIncomplete(): SourceProblem;
};

/**
 * Prepares the query of a list, so that what is wrong with it is said at the start.
 * @throws SourceProblem when it does not run, or lacks a column that the source file names.
 */
export async function openList(
  file: string,
  name: string,
  query: ListQuery,
  database: Database,
  needed: readonly string[] = [],
): Promise<SourceList> {
  const known = await database.columns(name, query.query);
  const columns = known.map((column) => column.name);
  const indexOf = (column: string): number => columns.indexOf(column);
  const place = (column: string): Place => ({ file, query: name, column });
  const problem = (what: string): SourceProblem => new SourceProblem(`${file}: ${name} ${what}`);

  const named = [query.account, ...query.key, query.job, query.jobs, query.date, ...needed];
  const absent = named.find((column) => column !== undefined && indexOf(column) < 0);
  if (absent) throw problem(`has no column ${absent}; its columns are ${columns.join(', ')}.`);

  const exported = columns.filter((column) => column !== query.account && !column.startsWith('_'));
  const cells = exported.map((column) => ({ index: indexOf(column), place: place(column) }));
  const keys = query.key.map((column) => ({ index: indexOf(column), place: place(column) }));
  const time = keys.find(({ index }) => known[index]?.kind === 'time');
  if (time) throw problem(`has a time in its key (${time.place.column}); use an id instead.`);
  const account = { index: indexOf(query.account), place: place(query.account) };

  const text = (row: RawValue[], column: FileColumn) => textOf(row[indexOf(column)], place(column));
  function needText(row: RawValue[], column: FileColumn): string {
    const value = text(row, column);
    if (value === null) throw problem(`gave a row without a value in ${column}.`);
    return value;
  }

  const keysOf = (row: RawValue[]): RowKey =>
    keys.map((key) => keyValueOf(row[key.index], key.place));

  return {
    name,
    query,
    columns: known,
    dialect: database.dialect,
    exported,
    accountOf: (row) => textOf(row[account.index], account.place) ?? '',
    keyOf: keysOf,
    valuesOf: (row) =>
      atRow(keysOf(row), () => cells.map((cell) => cellOf(row[cell.index], cell.place))),
    text,
    needed: needText,
    time(row, column) {
      const value = needText(row, column);
      const iso = isoTimeOf(value);
      if (!iso)
        throw problem(`gave ${JSON.stringify(value)} in ${column}, which is no ISO date or time.`);
      return iso;
    },
    keyNotUnique: () =>
      problem(
        `gave two rows with the same key (${query.key.join(', ')}); add a column that tells them apart.`,
      ),
    keyIncomplete: () =>
      problem(
        `gave a row without a value in its key (${query.key.join(', ')}); use coalesce(…, '').`,
      ),
  };
}

/** Says which row it is that has a value of no use. */
function atRow<T>(key: RowKey, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    throw new SourceProblem(`${error.message} It is the row with the key ${key.join(', ')}.`);
  }
}
