import BetterSqlite from 'better-sqlite3';
import type { Parameters } from './database.ts';
import { fillPlaces } from './named-places.ts';
import type { SourceDescription } from './source-file.ts';

const LIMIT_MS = 10_000;

/** A database that statements are run on one by one, each over a connection of its own: it happens a few times a week. */
export type Statements = {
  run(sql: string, parameters: Parameters): Promise<void>;
  /** Rows as objects. */
  rows(sql: string): Promise<unknown[]>;
};

/** Drivers are loaded only for who has such a database. */
export function openStatements(database: SourceDescription['database']): Statements {
  if (database.kind === 'sqlite') return onSqlite(database.path);
  return database.kind === 'postgres' ? onPostgres(database.url) : onMysql(database.url);
}

function onSqlite(path: string): Statements {
  function using<T>(work: (database: BetterSqlite.Database) => T): T {
    const database = new BetterSqlite(path, { fileMustExist: true, timeout: LIMIT_MS });
    try {
      return work(database);
    } finally {
      database.close();
    }
  }
  return {
    run: async (sql, parameters) => {
      using((database) => database.prepare(sql).run(parameters));
    },
    rows: async (sql) => using((database) => database.prepare(sql).all()),
  };
}

function onPostgres(url: string): Statements {
  async function ask(sql: string, parameters: Parameters): Promise<unknown[]> {
    const { default: pg } = await import('pg');
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: LIMIT_MS,
      statement_timeout: LIMIT_MS,
      query_timeout: LIMIT_MS,
      application_name: 'waybill access',
    });
    client.on('error', () => {});
    const values: (string | number | null)[] = [];
    const text = fillPlaces(sql, 'standard', parameters, (value) => `$${values.push(value)}`);
    try {
      await client.connect();
      return (await client.query(text, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }
  return {
    run: async (sql, parameters) => void (await ask(sql, parameters)),
    rows: (sql) => ask(sql, {}),
  };
}

function onMysql(url: string): Statements {
  async function ask(sql: string, parameters: Parameters): Promise<unknown[]> {
    const { default: mysql } = await import('mysql2/promise');
    const connection = await mysql.createConnection({
      uri: url,
      connectTimeout: LIMIT_MS,
      timezone: 'Z',
      flags: ['-LOCAL_FILES'],
    });
    connection.on('error', () => {});
    const values: (string | number | null)[] = [];
    const text = fillPlaces(sql, 'mysql', parameters, (value) => {
      values.push(value);
      return '?';
    });
    try {
      const [rows] = await connection.execute({ sql: text, timeout: LIMIT_MS }, values);
      return Array.isArray(rows) ? rows : [];
    } finally {
      connection.destroy();
    }
  }
  return {
    run: async (sql, parameters) => void (await ask(sql, parameters)),
    rows: (sql) => ask(sql, {}),
  };
}
