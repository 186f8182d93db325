import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { DATA_SETS, type DataSet, type FileSection } from '../../domain/content.ts';
import { problemAt, SourceProblem } from './source-problem.ts';

const sql = z.string().trim().min(1).transform(withoutSemicolon);

const listQuery = z.strictObject({
  /** A plain SELECT of one account, `:account`. Columns that begin with `_` are read but not exported. */
  query: sql,
  /** The columns that give each row its place, in order: unique together and never NULL. */
  key: z.array(z.string().min(1)).min(1),
  /** The column that holds the account of the row. It is compared, not exported. */
  account: z.string().min(1).default('account_id'),
  /** The column that holds the id of the row's job. */
  job: z.string().min(1).optional(),
  /** The column that holds the ids of the row's jobs, separated by commas, where it may have several. */
  jobs: z.string().min(1).optional(),
  /** The column that holds the row's date, as ISO text. */
  date: z.string().min(1).optional(),
});

/** File lists have fixed column names (see content.ts), so that job and date need not be named. */
const fileQuery = listQuery.extend({
  job: z.string().min(1).default('job_id'),
  date: z.string().min(1).default('created_at'),
});

const sourceFile = z.strictObject({
  database: z.strictObject({
    /** Path of the database file, relative to the source file. */
    sqlite: z.string().min(1).optional(),
    postgres: z.string().optional(),
    mysql: z.string().optional(),
  }),
  storage: z.strictObject({
    /** The folder below which the files lie, relative to the source file; `{account}` stands for the account's id. */
    folder: z.string().min(1),
  }),
  queries: z.strictObject({ account: sql, people: sql, admins: sql, invoices: sql, jobs: sql }),
  data: z.strictObject(byDataSet(listQuery)),
  files: z.strictObject({ attachments: fileQuery, cvs: fileQuery }),
});

/** One list of the source: its query, and what the adapter has to know to page through it. */
export type ListQuery = z.infer<typeof listQuery>;

/** A source file that was read and found in order; paths are absolute. */
export type SourceDescription = {
  /** The path of the source file, for messages. */
  file: string;
  sqlitePath: string;
  /** May hold `{account}`. */
  folder: string;
  queries: z.infer<typeof sourceFile>['queries'];
  data: Record<DataSet, ListQuery>;
  files: Record<FileSection, ListQuery>;
};

/**
 * Reads a source file (YAML).
 * @throws SourceProblem naming file, line and key.
 */
export function readSourceFile(file: string): SourceDescription {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const what = broken.message.split(/ at line|\n/)[0];
    throw new SourceProblem(`${file}, line ${broken.linePos?.[0].line ?? 1}: ${what}.`);
  }
  const result = sourceFile.safeParse(document.toJS() ?? {});
  if (!result.success) throw new SourceProblem(problemAt(file, document, lines, result.error));
  const { database, storage, ...rest } = result.data;
  const folder = path.dirname(path.resolve(file));
  return {
    file,
    sqlitePath: path.resolve(folder, sqliteOf(file, database)),
    folder: path.resolve(folder, storage.folder),
    ...rest,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SourceProblem(`The source file ${file} cannot be read; check SOURCE.`, { cause });
  }
}

function sqliteOf(file: string, database: z.infer<typeof sourceFile>['database']): string {
  if (database.sqlite && !database.postgres && !database.mysql) return database.sqlite;
  if (database.postgres || database.mysql) {
    const name = database.postgres ? 'PostgreSQL' : 'MySQL';
    throw new SourceProblem(
      `${file}: this version of Waybill does not read ${name} yet; give the path of a SQLite database in database.sqlite.`,
    );
  }
  throw new SourceProblem(
    `${file}: database.sqlite is missing; give the path of the SQLite database.`,
  );
}

/** A query is wrapped in parentheses, where a semicolon would end it. */
function withoutSemicolon(text: string): string {
  return text.replace(/[\s;]+$/, '');
}

function byDataSet<T>(value: T): Record<DataSet, T> {
  return Object.fromEntries(DATA_SETS.map((name) => [name, value])) as Record<DataSet, T>;
}
