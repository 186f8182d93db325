import type { Account } from '../../domain/account.ts';
import type { QueryReport } from '../../domain/source-report.ts';
import { openAts, QUERY_NAMES } from './directory.ts';
import type { SourceParts } from './open-source.ts';
import { beginReport, during, problem, timed, tryPlan } from './try-query.ts';

/** Tries the queries of account, people, invoices and jobs. */
export async function tryDirectory(
  { database, description }: SourceParts,
  accountId: string,
): Promise<{ account: Account | null; queries: QueryReport[] }> {
  const { queries } = description;
  const reports = Object.fromEntries(
    QUERY_NAMES.map((name) => [name, beginReport(`queries.${name}`)]),
  ) as Record<(typeof QUERY_NAMES)[number], QueryReport>;

  async function attempt<T>(name: keyof typeof reports, work: () => Promise<T>): Promise<T | null> {
    const report = reports[name];
    const tried = await during(report, () => timed(work));
    if (tried) report.milliseconds = tried.milliseconds;
    return tried?.made ?? null;
  }

  for (const name of QUERY_NAMES) {
    const columns = await during(reports[name], () =>
      database.columns(`queries.${name}`, queries[name]),
    );
    reports[name].columns = (columns ?? []).map((column) => `${column.name} ${column.type}`);
  }
  // What is missing is said by the query that it is missing in; the others are tried with what they have.
  const ats = await openAts(description, database).catch((error: unknown) => {
    const name = QUERY_NAMES.find((one) => String(error).includes(`queries.${one} `)) ?? 'account';
    if (reports[name].ok) problem(reports[name], String(error).replace(/^.*?: .*?: /, ''));
    return null;
  });
  if (!ats) return { account: null, queries: Object.values(reports) };

  const account = await attempt('account', () => ats.account(accountId));
  reports.account.rows = account ? 1 : 0;
  const admins = await attempt('admins', () => ats.admins(accountId));
  reports.admins.rows = admins?.length ?? null;
  if (account && admins?.length === 0) {
    problem(reports.admins, 'found nobody who may ask for an export of this account.');
  }
  const email = admins?.[0]?.email ?? 'nobody@waybill.invalid';
  const people = await attempt('people', () => ats.peopleByEmail(email));
  reports.people.rows = people?.length ?? null;
  if (admins?.length && !people?.some((person) => person.accountId === accountId)) {
    problem(
      reports.people,
      'does not find an administrator whom queries.admins finds, by the same address in lower case.',
    );
  }
  reports.invoices.rows =
    (await attempt('invoices', () => ats.unpaidInvoices(accountId)))?.length ?? null;
  reports.jobs.rows = (await attempt('jobs', () => ats.jobs(accountId)))?.length ?? null;

  const parameters = { account: accountId, email: email.toLowerCase() };
  for (const name of QUERY_NAMES) {
    const wanted = name === 'people' ? 'the address in lower case' : 'the id of the account';
    if (reports[name].ok) {
      await tryPlan(reports[name], database, { sql: queries[name], parameters }, wanted);
    }
  }
  return { account, queries: Object.values(reports) };
}
