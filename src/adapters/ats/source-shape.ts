import { z } from 'zod';
import { DATA_SETS, type DataSet } from '../../domain/content.ts';

/** A query is wrapped in parentheses, where a semicolon would end it. */
const sql = z
  .string()
  .trim()
  .min(1)
  .transform((text) => text.replace(/[\s;]+$/, ''));

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
  /** The column that holds the row's date: ISO text, or a date or time of the database. */
  date: z.string().min(1).optional(),
});

/** File lists have fixed column names (see content.ts), so that job and date need not be named. */
const fileQuery = listQuery.extend({
  job: z.string().min(1).default('job_id'),
  date: z.string().min(1).default('created_at'),
});

const database = z
  .strictObject({
    /** Path of the database file, relative to the source file. */
    sqlite: z.string().min(1).optional(),
    /** postgres://user:password@host:port/database */
    postgres: urlOf('postgres://', /^(postgres(ql)?:\/\/|\$\{)/),
    /** mysql://user:password@host:port/database; MariaDB too. */
    mysql: urlOf('mysql://', /^(mysql:\/\/|mariadb:\/\/|\$\{)/),
  })
  .refine((given) => Object.values(given).filter(Boolean).length === 1, {
    message: 'give one of sqlite (a path), postgres (a URL) and mysql (a URL)',
  });

const azure = z
  .strictObject({
    container: z.string().min(1),
    /** `{account}` stands for the account's id. */
    prefix: z.string().default('{account}/'),
    connection_string: z.string().min(1).optional(),
    /** The name of the storage account; then the identity of this machine is used. */
    account: z.string().min(1).optional(),
    /** Of a national cloud or an emulator. */
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
  })
  .refine((given) => Boolean(given.connection_string) !== Boolean(given.account), {
    message: 'give connection_string, or account for the identity of this machine',
  });

const storage = z
  .strictObject({
    /** The folder below which the files lie, relative to the source file; `{account}` stands for the account's id. */
    folder: z.string().min(1).optional(),
    azure: azure.optional(),
  })
  .refine((given) => Boolean(given.folder) !== Boolean(given.azure), {
    message: 'give folder or azure',
  });

export const sourceFile = z.strictObject({
  database,
  storage,
  queries: z.strictObject({
    account: sql,
    people: sql,
    admins: sql,
    invoices: sql,
    jobs: sql,
    /** Some accounts, for `waybill doctor --source` without an account. */
    accounts: sql.optional(),
  }),
  /** Temporary access to the platform. */
  access: z
    .strictObject({
      /** A database or user of its own that may write; without it, that of the source. */
      database: database.optional(),
      /** Lets `:email` into `:account` until `:until`; the same `:id` again changes nothing. Also: `:reason`. */
      grant: sql,
      /** Shuts out what `grant` let in under `:id`. */
      revoke: sql,
      /** What is in force, with the columns id, account_id, email, until. */
      list: sql,
    })
    .optional(),
  data: z.strictObject(byDataSet(listQuery)),
  files: z.strictObject({ attachments: fileQuery, cvs: fileQuery }),
});

export type SourceFileShape = z.infer<typeof sourceFile>;

/** One list of the source: its query, and what the adapter has to know to page through it. */
export type ListQuery = z.infer<typeof listQuery>;

function urlOf(beginning: string, pattern: RegExp) {
  return z.string().regex(pattern, `has to begin with ${beginning}`).optional();
}

function byDataSet<T>(value: T): Record<DataSet, T> {
  return Object.fromEntries(DATA_SETS.map((name) => [name, value])) as Record<DataSet, T>;
}
