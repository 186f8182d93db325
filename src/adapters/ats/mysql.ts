import type { Connection, FieldPacket, RowDataPacket } from 'mysql2/promise';
import mysql from 'mysql2/promise';
import {
  type Column,
  type Database,
  type Notice,
  type Parameters,
  QUERY_LIMIT_MS,
  type RawValue,
} from './database.ts';
import { MYSQL } from './mysql-dialect.ts';
import { planOf } from './mysql-plan.ts';
import { columnOf, isByLanguage, literal, rawValue } from './mysql-values.ts';
import { fillPlaces } from './named-places.ts';
import { messageOf, SourceProblem, unreachable } from './source-problem.ts';
import { type Connecting, createSteady, type Steady } from './steady.ts';

/** The key of the source file that says where the database is. */
const ADDRESS = 'database.mysql';
const CONNECT_LIMIT_MS = 10_000;

type Cells = RowDataPacket & (Buffer | null)[];
type Answer = { fields: FieldPacket[]; rows: RawValue[][] };

/**
 * Opens a MySQL or MariaDB database for reading: every transaction of the connection is read-only, and a query that
 * takes too long is broken off.
 * @throws SourceProblem when it cannot be reached; queries throw it with their name
 */
export async function openMysql(
  sourceFile: string,
  url: string,
  notice: Notice,
): Promise<Database> {
  const connecting: Connecting<Connection> = {
    open: () => connect(url),
    close: async (connection) => connection.destroy(),
    isLost,
    notice,
  };
  const main = createSteady(connecting, 'The MySQL database hung up; it is called again.');
  const saying = createSaying(sourceFile);

  function over(steady: Steady<Connection>): Database {
    const ask = (name: string, sql: string, parameters: Parameters) =>
      saying(name, () => steady.run((connection) => query(connection, sql, parameters)));
    return {
      dialect: MYSQL,
      async columns(name, sql) {
        const one = `select * from (${sql}\n) as waybill limit 0`;
        const { fields } = await ask(name, one, NOTHING);
        return withCollations(fields.map(columnOf), (list) =>
          ask(
            name,
            `select ${list} from (select 1) as one left join (${one}) as waybill on true`,
            NOTHING,
          ),
        );
      },
      rows: async (name, sql, parameters) => (await ask(name, sql, parameters)).rows,
      plan: (name, sql, parameters) =>
        saying(name, () =>
          steady.run((connection) => planOf((text) => query(connection, text, parameters), sql)),
        ),
      remarks: () => saying(ADDRESS, () => steady.run(remarksOf)),
      snapshot,
      close: () => steady.close(),
    };
  }

  async function snapshot<T>(work: (frozen: Database) => Promise<T>): Promise<T> {
    const open = async () => {
      const connection = await connect(url);
      await connection.query('set session transaction isolation level repeatable read');
      await connection.query('start transaction with consistent snapshot, read only');
      return connection;
    };
    const lost = 'The MySQL database hung up in the middle of a snapshot; a new one goes on.';
    const own = createSteady({ ...connecting, open }, lost);
    try {
      const frozen = over(own);
      return await work({ ...frozen, snapshot: (inner) => inner(frozen) });
    } finally {
      await own.close();
    }
  }

  try {
    await saying(ADDRESS, () => main.run(async () => {}));
  } catch (error) {
    await main.close();
    throw error;
  }
  return over(main);
}

/** Values for the places of a query that is only looked at. */
const NOTHING: Parameters = { account: null, email: null };

async function connect(url: string): Promise<Connection> {
  const connection = await mysql.createConnection({
    uri: url,
    connectTimeout: CONNECT_LIMIT_MS,
    enableKeepAlive: true,
    charset: 'utf8mb4',
    timezone: 'Z',
    rowsAsArray: true,
    // Each value as its bytes, so that nothing is rounded on the way.
    typeCast: false,
    // No file of ours is ever sent, whatever a server asks for.
    flags: ['-LOCAL_FILES'],
  });
  // Without a listener an idle connection that breaks would end the process; the next query notices it.
  connection.on('error', () => {});
  try {
    await connection.query('set session transaction read only');
    // A longer list of ids would be cut short, without a word.
    await connection.query(
      "set time_zone = '+00:00', group_concat_max_len = 16777216, wait_timeout = 28800",
    );
    await limitTime(connection);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return connection;
}

/** MariaDB and MySQL have different words for it. */
async function limitTime(connection: Connection): Promise<void> {
  await connection
    .query(`set session max_statement_time = ${QUERY_LIMIT_MS / 1_000}`)
    .catch(() => connection.query(`set session max_execution_time = ${QUERY_LIMIT_MS}`));
}

async function query(connection: Connection, sql: string, parameters: Parameters): Promise<Answer> {
  const text = fillPlaces(sql, 'mysql', parameters, literal);
  // For a server that is gone without a word: the server ends the query before.
  const timeout = QUERY_LIMIT_MS + 30_000;
  const [rows, fields] = await connection.query<Cells[]>({ sql: text, timeout });
  return {
    fields,
    rows: rows.map((row) => fields.map((field, index) => rawValue(row[index] ?? null, field))),
  };
}

/** In what order the database has each column of text is known to the database only. */
async function withCollations(
  columns: Column[],
  ask: (list: string) => Promise<Answer>,
): Promise<Column[]> {
  const names = columns.map(({ name }) => `collation(waybill.${MYSQL.quoted(name)})`);
  const { rows } = await ask(names.join(', '));
  return columns.map((column, index) => ({
    ...column,
    byLanguage: column.kind === 'text' && isByLanguage(String(rows[0]?.[index])),
  }));
}

async function remarksOf(connection: Connection): Promise<string[]> {
  const { rows } = await query(
    connection,
    "select table_name from information_schema.tables where table_schema = database() and engine in ('MyISAM', 'Aria')",
    {},
  );
  if (rows.length === 0) return [];
  const [first] = rows[0] ?? [];
  return [
    `${rows.length} tables, such as ${first}, are kept by MyISAM or Aria, which know no snapshots: what changes during an export may be in it half. Convert them to InnoDB (alter table ${first} engine = InnoDB).`,
  ];
}

function isLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const number = error instanceof Error && 'errno' in error ? Number(error.errno) : 0;
  // 1053: the server stops; 1152, 1158-1161: the line broke; 1927, 1317 with 'killed': we were ended.
  return (
    /^(PROTOCOL_CONNECTION_LOST|PROTOCOL_SEQUENCE_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EAI_AGAIN)$/.test(
      code,
    ) ||
    [1040, 1053, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 4031].includes(number) ||
    (error instanceof Error &&
      /closed state|Connection lost|server has gone away/.test(error.message))
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
      const number = cause instanceof Error && 'errno' in cause ? Number(cause.errno) : 0;
      // 1969 of MariaDB, 3024 of MySQL: the limit of time.
      const isSlow = number === 1969 || number === 3024;
      const what = isSlow
        ? `took longer than ${QUERY_LIMIT_MS / 60_000} minutes`
        : `failed: ${text}`;
      throw new SourceProblem(`${sourceFile}: ${name} ${what}.`, { cause });
    }
  };
}
