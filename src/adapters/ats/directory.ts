import { z } from 'zod';
import type { Account, Invoice, Job, Person } from '../../domain/account.ts';
import { ExportFailure } from '../../domain/failure.ts';
import type { Ats } from '../../ports/ats.ts';
import type { Database, Parameters } from './database.ts';
import type { SourceDescription } from './source-file.ts';
import { SourceProblem } from './source-problem.ts';
import { cellOf, isoTimeOf } from './values.ts';

const text = z.union([z.string().min(1), z.number(), z.bigint()]).transform(String);
const optionalText = z
  .union([z.string(), z.number(), z.bigint()])
  .nullable()
  .transform((value) => String(value ?? ''));
const time = text.transform(isoTimeOf).pipe(z.string('has to be an ISO date or time'));
const optionalTime = z
  .union([z.string(), z.number(), z.bigint()])
  .nullable()
  .transform((value) =>
    value === null || value === '' ? null : (isoTimeOf(String(value)) ?? undefined),
  )
  .pipe(z.string('has to be an ISO date or time').nullable());

const account = z.object({
  id: text,
  name: text,
  state: z.enum(['open', 'closed']),
  closed_at: optionalTime,
});
const person = z.object({
  id: text,
  account_id: text,
  name: optionalText,
  email: text,
  role: z.enum(['admin', 'authorised_contact', 'other']),
  added_at: time,
});
const invoice = z.object({
  account_id: text,
  number: text,
  amount: text,
  currency: text,
  due_on: time,
});
const job = z.object({ account_id: text, id: text, title: optionalText });

/** The queries that say who is who. */
export const QUERY_NAMES = ['account', 'people', 'admins', 'invoices', 'jobs'] as const;
type QueryName = (typeof QUERY_NAMES)[number];
const SHAPES = { account, people: person, admins: person, invoices: invoice, jobs: job } as const;

/** Who is who, by the five queries of a source file. Their columns are fixed and are checked here. */
export async function openAts(source: SourceDescription, database: Database): Promise<Ats> {
  const columnsOf = new Map<QueryName, string[]>();
  for (const name of QUERY_NAMES) {
    const columns = await columnsOfQuery(source, database, name, Object.keys(SHAPES[name].shape));
    columnsOf.set(name, columns);
  }

  async function read<T>(
    name: QueryName,
    shape: z.ZodType<T>,
    parameters: Parameters,
  ): Promise<T[]> {
    const query = `queries.${name}`;
    const columns = columnsOf.get(name) ?? [];
    const rows = await database.rows(query, source.queries[name], parameters);
    return rows.map((row) => {
      const cells = columns.map((column, index) => [
        column,
        cellOf(row[index], { file: source.file, query, column }),
      ]);
      return parsed(source.file, query, shape, Object.fromEntries(cells));
    });
  }

  async function ofAccount<T extends { account_id: string }>(
    name: QueryName,
    shape: z.ZodType<T>,
    accountId: string,
  ): Promise<T[]> {
    if (accountId.includes('\0')) return [];
    const rows = await read(name, shape, { account: accountId });
    if (rows.some((row) => row.account_id !== accountId)) {
      throw new ExportFailure(
        'foreign_row',
        `${source.file}: queries.${name} gave a row of another account; compare with :account.`,
      );
    }
    return rows;
  }

  return {
    async account(accountId) {
      if (accountId.includes('\0')) return null;
      const found = await read('account', account, { account: accountId }).catch(
        (error: unknown) => {
          // An id that cannot be one, such as "abc" where ids are numbers, is that of nobody.
          if (error instanceof SourceProblem && error.isRefusedValue) return [];
          throw error;
        },
      );
      const one = found.find((row) => row.id === accountId);
      return one ? toAccount(one) : null;
    },
    async peopleByEmail(email) {
      const wanted = email.trim().toLowerCase();
      const found = await read('people', person, { email: wanted });
      return found.filter((row) => row.email.toLowerCase() === wanted).map(toPerson);
    },
    async admins(accountId) {
      return (await ofAccount('admins', person, accountId))
        .filter((row) => row.role !== 'other')
        .map(toPerson)
        .sort((a, b) => compare(a.addedAt, b.addedAt) || compare(a.id, b.id));
    },
    async unpaidInvoices(accountId) {
      return (await ofAccount('invoices', invoice, accountId)).map(toInvoice);
    },
    async jobs(accountId) {
      return (await ofAccount('jobs', job, accountId))
        .map(({ id, title }): Job => ({ id, title }))
        .sort((a, b) => a.title.localeCompare(b.title, 'en') || compare(a.id, b.id));
    },
    async close() {
      await database.close();
    },
  };
}

async function columnsOfQuery(
  source: SourceDescription,
  database: Database,
  name: QueryName,
  needed: string[],
): Promise<string[]> {
  const known = await database.columns(`queries.${name}`, source.queries[name]);
  const columns = known.map((column) => column.name);
  const absent = needed.find((column) => !columns.includes(column));
  if (absent) {
    throw new SourceProblem(
      `${source.file}: queries.${name} has no column ${absent}; it needs ${needed.join(', ')}.`,
    );
  }
  return columns;
}

function parsed<T>(file: string, query: string, shape: z.ZodType<T>, row: unknown): T {
  const result = shape.safeParse(row);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new SourceProblem(
    `${file}: ${query} gave a row whose ${issue?.path.join('.')} is not right (${issue?.message}).`,
  );
}

function toAccount(row: z.infer<typeof account>): Account {
  const closedAt = row.state === 'closed' ? row.closed_at : null;
  return { id: row.id, name: row.name, state: row.state, closedAt };
}

function toPerson(row: z.infer<typeof person>): Person {
  const { id, name, email, role } = row;
  return { id, accountId: row.account_id, name: name || email, email, role, addedAt: row.added_at };
}

function toInvoice(row: z.infer<typeof invoice>): Invoice {
  const { number, amount, currency } = row;
  return { number, amount, currency, dueOn: row.due_on.slice(0, 10) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
