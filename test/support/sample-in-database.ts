import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { Sample } from './sample.ts';

type Kind = 'postgres' | 'mysql';
type Table = { name: string; columns: { name: string; type: string; inKey: number }[] };
type Cell = string | number | bigint | null;

/** The types that a vendor would have chosen; in the sample itself times and amounts are text. */
const TYPES: Record<
  Kind,
  Record<'id' | 'text' | 'integer' | 'real' | 'time' | 'date' | 'money', string>
> = {
  postgres: {
    id: 'text collate "C"',
    text: 'text',
    integer: 'bigint',
    real: 'double precision',
    time: 'timestamptz',
    date: 'date',
    money: 'numeric(12,2)',
  },
  mysql: {
    id: 'varchar(100) character set utf8mb4 collate utf8mb4_bin',
    text: 'text',
    integer: 'bigint',
    real: 'double',
    time: 'datetime(3)',
    date: 'date',
    money: 'decimal(12,2)',
  },
};

const INDEXES = [
  'create index applications_by_candidate on applications (account_id, candidate_id, job_id)',
  'create index documents_by_candidate on documents (account_id, section, candidate_id, id)',
  'create index documents_by_job on documents (account_id, section, job_id, candidate_id, id)',
];

/** Loads a sample into a database, and writes a source file beside its own that reads it from there. */
export async function loadSample(sample: Sample, kind: Kind, url: string): Promise<string> {
  const from = new Database(join(sample.dir, 'ats.sqlite'), { readonly: true });
  from.defaultSafeIntegers(true);
  const to = await (kind === 'postgres' ? intoPostgres(url) : intoMysql(url));
  try {
    for (const table of tablesOf(from)) {
      await to.run(createSql(table, kind));
      const rows = from.prepare<[], Cell[]>(`select * from ${table.name}`).raw(true).all();
      const times = table.columns.map(({ name }) => isTime(name));
      for (let at = 0; at < rows.length; at += 500) {
        const page = rows
          .slice(at, at + 500)
          .map((row) => row.map((cell, index) => (times[index] ? to.time(cell) : cell)));
        await to.insert(table.name, page);
      }
    }
    for (const index of INDEXES) await to.run(index);
  } finally {
    from.close();
    await to.close();
  }
  const file = join(sample.dir, `source-${kind}.yaml`);
  await writeFile(file, sourceYaml(readFileSync(sample.sourceFile, 'utf8'), kind, url));
  return file;
}

/** The source file of the sample in the words of another database. */
function sourceYaml(yaml: string, kind: Kind, url: string): string {
  const joined =
    kind === 'postgres'
      ? "string_agg(a.job_id, ',' order by a.job_id)"
      : 'group_concat(a.job_id order by a.job_id)';
  return yaml
    .replace(/sqlite: ats\.sqlite.*/, `${kind}: ${url}`)
    .replaceAll('group_concat(a.job_id)', joined)
    .replace('cross join documents d indexed by documents_by_candidate', 'join documents d');
}

function tablesOf(database: Database.Database): Table[] {
  const names = database.prepare<[], string>(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite%'",
  );
  return names
    .pluck(true)
    .all()
    .map((name) => ({
      name,
      columns: database
        .prepare<[], { name: string; type: string; pk: bigint }>(`pragma table_info(${name})`)
        .all()
        .map((column) => ({ name: column.name, type: column.type, inKey: Number(column.pk) })),
    }));
}

function createSql({ name, columns }: Table, kind: Kind): string {
  const lines = columns.map((column) => `${column.name} ${TYPES[kind][typeOf(column)]}`);
  const key = columns
    .filter(({ inKey }) => inKey > 0)
    .toSorted((a, b) => a.inKey - b.inKey)
    .map((column) => column.name);
  const engine = kind === 'mysql' ? ' character set utf8mb4' : '';
  return `create table ${name} (${lines.join(', ')}, primary key (${key.join(', ')}))${engine}`;
}

function typeOf({ name, type, inKey }: Table['columns'][number]) {
  if (/integer/i.test(type)) return 'integer';
  if (/real/i.test(type)) return 'real';
  if (isTime(name)) return 'time';
  if (name.endsWith('_on')) return 'date';
  if (name === 'amount') return 'money';
  return inKey > 0 || /(^|_)id$|^section$/.test(name) ? 'id' : 'text';
}

function isTime(column: string): boolean {
  return column === 'at' || column.endsWith('_at');
}

type Target = {
  run(sql: string): Promise<unknown>;
  insert(table: string, rows: Cell[][]): Promise<unknown>;
  time(cell: Cell): Cell;
  close(): Promise<void>;
};

async function intoPostgres(url: string): Promise<Target> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    run: (sql) => client.query(sql),
    insert(table, rows) {
      const values = rows.flat().map((cell) => (typeof cell === 'bigint' ? String(cell) : cell));
      let place = 0;
      const places = rows.map((row) => `(${row.map(() => `$${++place}`).join(', ')})`);
      return client.query(`insert into ${table} values ${places.join(', ')}`, values);
    },
    time: (cell) => cell,
    close: () => client.end(),
  };
}

async function intoMysql(url: string): Promise<Target> {
  const connection = await mysql.createConnection({ uri: url, charset: 'utf8mb4' });
  return {
    run: (sql) => connection.query(sql),
    insert: (table, rows) => connection.query(`insert into ${table} values ?`, [rows]),
    time: (cell) => (typeof cell === 'string' ? cell.replace('T', ' ').replace('Z', '') : cell),
    close: () => connection.end(),
  };
}
