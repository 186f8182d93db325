import { APPLICATIONS } from './applications.ts';
import { type Amount, DATA_SETS, type DataSet, type FileSection } from './content.ts';
import { ExportFailure } from './failure.ts';
import type { ExportOptions } from './options.ts';
import type { MissingFile, Plan, Receipt } from './plan.ts';

const FILE_SECTIONS = ['attachments', 'cvs'] as const satisfies FileSection[];

/** One line of the reconciliation: what the database counted, the plan holds, and the ZIPs hold or lack. */
export type CountLine = {
  section: 'data' | FileSection;
  /** The data set, or the id of the job ('' is no job). */
  of: string;
  database: number;
  planned: number;
  exported: number;
  /** Planned, and not in the ZIPs: each is a line of missing.csv. */
  missing: number;
  /** Of these the one copy lies under another job, see applications.csv; only where one copy was asked for. */
  copies?: number;
  /** Came between the planned ones since, and was left out: each is a line of missing.csv. */
  added: number;
};

/**
 * Counts of database, plan and ZIPs side by side. Bytes are not compared: the database's sizes are hearsay.
 * @throws ExportFailure `counts_differ` unless every difference is listed and explained.
 */
export function reconcile(plan: Plan, receipts: readonly Receipt[]): CountLine[] {
  const lines = [
    ...dataLines(plan, receipts),
    ...applicationLines(plan, receipts),
    ...fileLines(plan, receipts),
  ];
  const wrong = lines.find(
    (line) =>
      line.database !== line.planned + (line.copies ?? 0) ||
      line.planned !== line.exported + line.missing,
  );
  if (wrong) throw differs(wrong);
  return lines;
}

function dataLines(plan: Plan, receipts: readonly Receipt[]): CountLine[] {
  if (!plan.options.sections.includes('data')) return [];
  return DATA_SETS.map((of) => ({
    section: 'data',
    of,
    database: plan.totals.rows[of],
    planned: plan.planned.rows[of],
    exported: rowsIn(receipts, of),
    missing: countOf(receipts, 'missing', of),
    added: countOf(receipts, 'added', of),
  }));
}

function applicationLines(
  { once, totals, options }: Plan,
  receipts: readonly Receipt[],
): CountLine[] {
  if (!once) return [];
  const database = FILE_SECTIONS.filter((section) => options.sections.includes(section))
    .flatMap((section) => Object.values(totals.files[section]))
    .reduce((sum, { count }) => sum + count, 0);
  const exported = rowsIn(receipts, APPLICATIONS);
  const line = { section: 'data', of: APPLICATIONS, planned: once.rows, exported } as const;
  return [{ ...line, database, missing: 0, added: 0 }];
}

function rowsIn(receipts: readonly Receipt[], of: string): number {
  return receipts.reduce((sum, { rows }) => sum + (rows[of] ?? 0), 0);
}

function countOf(receipts: readonly Receipt[], kind: 'missing' | 'added', of: DataSet): number {
  return receipts.flatMap((receipt) => receipt[kind] ?? []).filter(({ list }) => list === of)
    .length;
}

function fileLines(plan: Plan, receipts: readonly Receipt[]): CountLine[] {
  return FILE_SECTIONS.filter((section) => plan.options.sections.includes(section)).flatMap(
    (section) =>
      sectionLines(
        section,
        plan,
        receipts.filter((receipt) => receipt.section === section),
      ),
  );
}

function sectionLines(section: FileSection, plan: Plan, receipts: readonly Receipt[]): CountLine[] {
  const exported = sumByJob(receipts);
  const missing = countByJob(receipts.flatMap((receipt) => receipt.missing));
  const added = countByJob(receipts.flatMap((receipt) => receipt.added ?? []));
  const database = plan.totals.files[section];
  const planned = plan.planned.files[section];
  const jobs = new Set([
    ...keys(database),
    ...keys(planned),
    ...keys(plan.once?.copies[section] ?? {}),
    ...exported.keys(),
    ...missing.keys(),
    ...added.keys(),
  ]);
  const copies = plan.once?.copies[section];
  return [...jobs].sort().map((of) => ({
    section,
    of,
    database: database[of]?.count ?? 0,
    planned: planned[of]?.count ?? 0,
    exported: exported.get(of) ?? 0,
    missing: missing.get(of) ?? 0,
    added: added.get(of) ?? 0,
    ...(copies && { copies: copies[of] ?? 0 }),
  }));
}

function countByJob(files: readonly MissingFile[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { jobId } of files) counts.set(jobId ?? '', (counts.get(jobId ?? '') ?? 0) + 1);
  return counts;
}

function sumByJob(receipts: readonly Receipt[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { files } of receipts) {
    for (const job of keys(files)) {
      sums.set(job, (sums.get(job) ?? 0) + (files[job]?.count ?? 0));
    }
  }
  return sums;
}

function differs(line: CountLine): ExportFailure {
  const what =
    line.section === 'data'
      ? `rows of ${line.of}`
      : `files of ${line.section}${line.of ? `, job ${line.of}` : ' without a job'}`;
  return new ExportFailure(
    'counts_differ',
    `The ${what} do not add up: ${line.database} in the database, ${line.planned} planned, ${line.exported} exported, ${line.missing} missing.`,
  );
}

/** True when the planner read exactly what the database counted, in the sections that are wanted. */
export function countsEqual(
  { totals: a, planned: b, once }: Pick<Plan, 'totals' | 'planned' | 'once'>,
  sections: ExportOptions['sections'],
): boolean {
  const wanted = (section: ExportOptions['sections'][number]) => sections.includes(section);
  if (wanted('data') && DATA_SETS.some((name) => a.rows[name] !== b.rows[name])) return false;
  return FILE_SECTIONS.filter(wanted).every((section) =>
    sameCounts(a.files[section], b.files[section], once?.copies[section]),
  );
}

function sameCounts(
  a: Record<string, Amount>,
  b: Record<string, Amount>,
  copies: Record<string, number> = {},
): boolean {
  return [...new Set([...keys(a), ...keys(b), ...keys(copies)])].every(
    (job) => (a[job]?.count ?? 0) === (b[job]?.count ?? 0) + (copies[job] ?? 0),
  );
}

/** Job ids come from a database: only own keys count, so that a job called `constructor` is one like any other. */
function keys(record: Record<string, unknown>): string[] {
  return Object.keys(record);
}
