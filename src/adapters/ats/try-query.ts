import type { QueryReport } from '../../domain/source-report.ts';
import type { Database, Parameters, QueryPlan } from './database.ts';
import { messageOf } from './source-problem.ts';

/** A page that takes longer makes a large account wait for hours. */
const SLOW_MS = 2_000;

/** A report to be filled in. */
export function beginReport(query: string): QueryReport {
  return {
    query,
    ok: true,
    columns: [],
    rows: null,
    milliseconds: null,
    access: 'unknown',
    problems: [],
    notes: [],
  };
}

/** Does a piece of the try; what it throws is a problem of this query, and the others are tried all the same. */
export async function during<T>(
  report: QueryReport,
  work: () => Promise<T> | T,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    problem(report, messageOf(error));
    return null;
  }
}

/** Adds a problem once, without the name of file and query, which stand before it anyway. */
export function problem(report: QueryReport, text: string): void {
  const [, column, said] =
    new RegExp(`(column \\S+ )?(?:of )?${report.query} (.*)$`, 's').exec(text) ?? [];
  const short = said === undefined ? text : `${column ?? ''}${said}`;
  if (!report.problems.includes(short)) report.problems.push(short);
  report.ok = false;
}

/** Looks how the database finds the rows, and says what would help. */
export async function tryPlan(
  report: QueryReport,
  database: Database,
  { sql, parameters }: { sql: string; parameters: Parameters },
  wantedIndex: string,
): Promise<void> {
  const plan = await during(report, () => database.plan(report.query, sql, parameters));
  if (!plan) return;
  report.access = accessOf(plan);
  const isSlow = (report.milliseconds ?? 0) > SLOW_MS;
  const say = (text: string, cure = `an index on ${wantedIndex}`): void => {
    if (!isSlow) report.notes.push(`${text}; ${cure} would spare that.`);
    else problem(report, `${text} (${report.milliseconds} ms); ${cure} would spare that.`);
  };
  if (plan.scans.length > 0) say(`reads all of ${[...new Set(plan.scans)].join(', ')} (full scan)`);
  else if (plan.materializes) {
    say('makes all its rows anew for each page, as unions and groups do', 'a plain select');
  } else if (plan.sorts) say('sorts its rows for each page');
  else if (isSlow)
    problem(report, `takes ${report.milliseconds} ms for one page; make it quicker.`);
}

function accessOf({ scans, materializes, sorts }: QueryPlan): QueryReport['access'] {
  if (scans.length > 0) return 'full scan';
  if (materializes) return 'makes all rows for each page';
  return sorts ? 'sorts each page' : 'index';
}

/** How long something took, with what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ milliseconds: number; made: T }> {
  const startedAt = performance.now();
  const made = await work();
  return { milliseconds: Math.round(performance.now() - startedAt), made };
}
