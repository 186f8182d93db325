import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { SourceProblem } from './source-problem.ts';

export type Parameters = Record<string, string | number>;
export type RawValue = string | number | bigint | Buffer | null;

/** A database that is only read. `name` is the key of the query in the source file, for messages. */
export type SqliteReader = {
  /** The column names of a query; fails when it is not a plain SELECT that runs here. */
  columns(name: string, sql: string): string[];
  /** All rows as arrays; integers come as bigint, so that no digit is lost. */
  rows(name: string, sql: string, parameters: Parameters): RawValue[][];
  close(): void;
};

/**
 * Opens a SQLite database for reading: read-only, and with `query_only` set, so that no query can write.
 * @throws SourceProblem when it is absent or not a database; queries throw it with their name.
 */
export function openSqlite(sourceFile: string, databasePath: string): SqliteReader {
  const database = connect(sourceFile, databasePath);
  const prepared = new Map<string, Database.Statement<[Parameters], RawValue[]>>();

  function prepare(name: string, sql: string): Database.Statement<[Parameters], RawValue[]> {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = saying(name, () => database.prepare<[Parameters], RawValue[]>(sql));
    if (!statement.reader || !statement.readonly) {
      throw new SourceProblem(`${sourceFile}: ${name} has to be a SELECT.`);
    }
    statement.raw(true).safeIntegers(true);
    prepared.set(sql, statement);
    return statement;
  }

  function saying<T>(name: string, run: () => T): T {
    try {
      return run();
    } catch (cause) {
      if (cause instanceof SourceProblem) throw cause;
      throw new SourceProblem(`${sourceFile}: ${name} failed: ${messageOf(cause)}.`, { cause });
    }
  }

  return {
    columns: (name, sql) =>
      prepare(name, sql)
        .columns()
        .map((column) => column.name),
    rows: (name, sql, parameters) => saying(name, () => prepare(name, sql).all(parameters)),
    close: () => {
      prepared.clear();
      database.close();
    },
  };
}

function connect(sourceFile: string, databasePath: string): Database.Database {
  if (!existsSync(databasePath)) {
    throw new SourceProblem(
      `${sourceFile}: the database ${databasePath} does not exist; correct database.sqlite.`,
    );
  }
  let database: Database.Database | undefined;
  try {
    database = new Database(databasePath, { readonly: true, fileMustExist: true });
    database.pragma('query_only = on');
    // Reads the first page: a file that is no database is noticed here, not in the first query.
    database.pragma('schema_version');
    return database;
  } catch (cause) {
    database?.close();
    throw new SourceProblem(
      `${sourceFile}: ${databasePath} cannot be opened as a SQLite database (${messageOf(cause)}).`,
      { cause },
    );
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
