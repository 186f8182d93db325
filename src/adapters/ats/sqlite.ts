import { existsSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import type { Database, Parameters, RawValue } from './database.ts';
import { messageOf, SourceProblem } from './source-problem.ts';
import { columnOf, planOf, remarksOf, SQLITE, timeOf } from './sqlite-dialect.ts';
import { withBrokenText } from './sqlite-text.ts';

type Statement = BetterSqlite.Statement<[Parameters], RawValue[]>;

/**
 * Opens a SQLite database for reading: read-only, and with `query_only` set, so that no query can write.
 * @param isFrozen stays with what the database holds now, whatever is written meanwhile
 * @throws SourceProblem when it is absent or not a database; queries throw it with their name
 */
export function openSqlite(sourceFile: string, databasePath: string, isFrozen = false): Database {
  const database = connect(sourceFile, databasePath);
  if (isFrozen) freeze(database);
  const prepared = new Map<string, Statement>();

  function prepare(name: string, sql: string): Statement {
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
      const message = `${sourceFile}: ${name} failed: ${messageOf(cause)}.`;
      throw new SourceProblem(message, { cause });
    }
  }

  function read(name: string, sql: string, parameters: Parameters): RawValue[][] {
    const statement = prepare(name, sql);
    const columns = statement.columns().map(columnOf);
    const times = columns.flatMap(({ kind }, index) => (kind === 'time' ? [index] : []));
    const rows = statement.all(parameters);
    for (const row of rows) for (const index of times) row[index] = timeOf(row[index] ?? null);
    return withBrokenText(columns, rows, (list) =>
      prepare(name, `select ${list} from (${sql})`).all(parameters),
    );
  }

  async function snapshot<T>(work: (frozen: Database) => Promise<T>): Promise<T> {
    const frozen = openSqlite(sourceFile, databasePath, true);
    try {
      return await work({ ...frozen, snapshot: (inner) => inner(frozen) });
    } finally {
      await frozen.close();
    }
  }

  return {
    dialect: SQLITE,
    columns: async (name, sql) => prepare(name, sql).columns().map(columnOf),
    rows: async (name, sql, parameters) => saying(name, () => read(name, sql, parameters)),
    snapshot,
    plan: async (name, sql, parameters) => saying(name, () => planOf(database, sql, parameters)),
    remarks: async () => remarksOf(database),
    async close() {
      prepared.clear();
      database.close();
    },
  };
}

function connect(sourceFile: string, databasePath: string): BetterSqlite.Database {
  if (!existsSync(databasePath)) {
    throw new SourceProblem(
      `${sourceFile}: the database ${databasePath} does not exist; correct database.sqlite.`,
    );
  }
  let database: BetterSqlite.Database | undefined;
  try {
    database = new BetterSqlite(databasePath, { readonly: true, fileMustExist: true });
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

/** A transaction sees what was there at its first read. */
function freeze(database: BetterSqlite.Database): void {
  database.exec('begin');
  database.prepare('select 1 from sqlite_schema limit 1').get();
}
