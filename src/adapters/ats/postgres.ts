import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  type Database,
  type Notice,
  type Parameters,
  QUERY_LIMIT_MS,
  type RawValue,
} from './database.ts';
import { fillPlaces } from './named-places.ts';
import { POSTGRES } from './postgres-dialect.ts';
import { planOf } from './postgres-plan.ts';
import { columnOf, rawValue } from './postgres-values.ts';
import { messageOf, SourceProblem, unreachable } from './source-problem.ts';
import { type Connecting, createSteady, type Steady } from './steady.ts';

const SETTINGS = `set session characteristics as transaction read only; set time zone 'UTC'; set datestyle = 'ISO';
  set statement_timeout = ${QUERY_LIMIT_MS}; set extra_float_digits = 1;
  set idle_in_transaction_session_timeout = 0`;
/** The key of the source file that says where the database is. */
const ADDRESS = 'database.postgres';
const CONNECT_LIMIT_MS = 10_000;
const CLOSE_LIMIT_MS = 2_000;

type Answer = { fields: pg.FieldDef[]; rows: RawValue[][] };

/**
 * Opens a PostgreSQL database for reading: every transaction is read-only by a setting of the connection, and a query
 * that takes too long is broken off.
 * @throws SourceProblem when it cannot be reached; queries throw it with their name
 */
export async function openPostgres(
  sourceFile: string,
  url: string,
  notice: Notice,
): Promise<Database> {
  const connecting: Connecting<pg.Client> = {
    open: () => connect(url),
    // A line that is dead never says that it is closed.
    close: (client) =>
      Promise.race([client.end(), pause(CLOSE_LIMIT_MS, undefined, { ref: false })]),
    isLost,
    notice,
  };
  const main = createSteady(connecting, 'The PostgreSQL database hung up; it is called again.');
  const saying = createSaying(sourceFile);
  const facts = await saying(ADDRESS, () => main.run(readFacts)).catch(async (error: unknown) => {
    await main.close();
    throw error;
  });

  function over(steady: Steady<pg.Client>): Database {
    const ask = (name: string, sql: string, parameters: Parameters) =>
      saying(name, () => steady.run((client) => query(client, sql, parameters)));
    return {
      dialect: POSTGRES,
      async columns(name, sql) {
        const tried = await ask(name, `select * from (${sql}\n) as waybill limit 0`, NOTHING);
        return tried.fields.map(({ name: column, dataTypeID }) =>
          columnOf(column, dataTypeID, facts.byLanguage),
        );
      },
      rows: async (name, sql, parameters) => (await ask(name, sql, parameters)).rows,
      plan: (name, sql, parameters) =>
        saying(name, () =>
          steady.run((client) => planOf((text) => query(client, text, parameters), sql)),
        ),
      remarks: async () => facts.remarks,
      snapshot,
      close: () => steady.close(),
    };
  }

  async function snapshot<T>(work: (frozen: Database) => Promise<T>): Promise<T> {
    const open = async () => {
      const client = await connect(url);
      await client.query('begin isolation level repeatable read read only');
      // Taken now, and not with the first row that somebody asks for.
      await client.query('select 1 from pg_catalog.pg_class limit 1');
      return client;
    };
    const lost = 'The PostgreSQL database hung up in the middle of a snapshot; a new one goes on.';
    const own = createSteady({ ...connecting, open }, lost);
    try {
      const frozen = over(own);
      return await work({ ...frozen, snapshot: (inner) => inner(frozen) });
    } finally {
      await own.close();
    }
  }

  return over(main);
}

/** Values for the places of a query that is only looked at. */
const NOTHING: Parameters = { account: null, email: null };

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    // The server ends the query; this is for a server that is gone without a word.
    query_timeout: QUERY_LIMIT_MS + 30_000,
    keepAlive: true,
    application_name: 'waybill',
    client_encoding: 'UTF8',
    types: { getTypeParser: () => (text: string) => text },
  });
  // Without a listener an idle connection that breaks would end the process; the next query notices it.
  client.on('error', () => {});
  try {
    await client.connect();
    // Said here and not when connecting, which poolers such as PgBouncer refuse.
    await client.query(SETTINGS);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return client;
}

async function query(client: pg.Client, sql: string, parameters: Parameters): Promise<Answer> {
  const values: (string | number | null)[] = [];
  // A place of its own for each time, so that each may have the type that its surroundings want.
  const text = fillPlaces(sql, 'standard', parameters, (value) => `$${values.push(value)}`);
  const { fields, rows } = await client.query<(string | null)[]>({
    text,
    values,
    rowMode: 'array',
  });
  return {
    fields,
    rows: rows.map((row) => row.map((value, index) => rawValue(value, fields[index]?.dataTypeID))),
  };
}

async function readFacts(client: pg.Client) {
  const sql = `select datcollate, pg_encoding_to_char(encoding) as encoding,
      to_jsonb(d) ->> 'datlocprovider' as provider
    from pg_database d where datname = current_database()`;
  const { rows } =
    await client.query<Record<'datcollate' | 'encoding' | 'provider', string | null>>(sql);
  const { datcollate, encoding, provider } = rows[0] ?? {};
  // Providers: b has the order of code points only, i is ICU, c the system; old versions know only the last.
  const isPlain = provider === 'b' || /^(C|POSIX|C\.utf-?8)$/i.test(datcollate ?? '');
  const remarks =
    encoding === 'UTF8'
      ? []
      : [`The database keeps text as ${encoding}; what is no valid text in it stops an export.`];
  return { byLanguage: provider === 'i' || !isPlain, remarks };
}

function isLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : '';
  // 08: connection; 57P0: the server stops, or an administrator ended us; 25P0: a transaction that lasted too long;
  // 40001: a standby server had to go on.
  return (
    /^(08\w{3}|57P0\d|25P0[34]|40001|53300|ECONN\w+|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EAI_AGAIN)$/.test(
      code,
    ) ||
    /Connection terminated|Client has encountered a connection error|Query read timeout|not queryable/.test(
      text,
    )
  );
}

function createSaying(sourceFile: string) {
  return async function saying<T>(name: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (cause) {
      if (cause instanceof SourceProblem) throw cause;
      const text = messageOf(cause);
      if (name === ADDRESS) throw unreachable(sourceFile, name, cause);
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
      // 22P02, 22003, 22021: the value of a place cannot be one of that column.
      const isRefusedValue = /^(22P02|22003|22021)$/.test(code);
      const what =
        code === '57014'
          ? `took longer than ${QUERY_LIMIT_MS / 60_000} minutes`
          : `failed: ${text}`;
      throw new SourceProblem(`${sourceFile}: ${name} ${what}.`, { cause, isRefusedValue });
    }
  };
}
