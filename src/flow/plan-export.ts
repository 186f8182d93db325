import type { Approved, ExportOrder } from '../domain/approval.ts';
import { createPaths, dataSetPath, supplementName } from '../domain/archive.ts';
import {
  type Amount,
  DATA_SETS,
  type DataSet,
  type FileSection,
  type SourceFile,
  type SourceTotals,
} from '../domain/content.ts';
import { contentsRow } from '../domain/contents-csv.ts';
import { csvHead, csvRow } from '../domain/csv.ts';
import {
  type CutLimits,
  type CutPart,
  createCutter,
  deflateBound,
  entryBytes,
  numberParts,
} from '../domain/cut.ts';
import { ExportFailure } from '../domain/failure.ts';
import type { ExportOptions } from '../domain/options.ts';
import { type MissingFile, type Plan, planBlob } from '../domain/plan.ts';
import { POLICY } from '../domain/policy.ts';
import { countsEqual } from '../domain/reconcile.ts';
import { supplementNumber } from '../domain/supplement.ts';
import type { ExportStore } from '../ports/export-store.ts';
import type { Source } from '../ports/source.ts';
import { passwordCheck } from './password-check.ts';
import { createPlannedRowsWriter, type PlannedRowsWriter } from './planned-rows.ts';
import { dataRows, fileRows, type ListScope, selectionOf, sourceFailure } from './read-lists.ts';
import { isWanted, type Wanted, wantedRows } from './wanted-rows.ts';

export type PlanExport = {
  order: Approved<ExportOrder>;
  exportId: string;
  accountName: string;
  source: Source;
  store: ExportStore;
  now: Date;
  /** What a supplement is to hold; see `domain/supplement.ts`. */
  only?: readonly MissingFile[];
  /** Of an encrypted export; it is not kept. */
  password?: string | null;
  signal?: AbortSignal;
};

/** An account that is in use may change between counting and reading; then both are done again. */
const ATTEMPTS = 3;

/** Reads the account's lists once, cuts them into parts, and keeps the plan in the store. */
export async function planExport(job: PlanExport): Promise<Plan> {
  for (let attempt = 1; ; attempt++) {
    // Counted and read at one moment, however long it takes.
    const plan = await job.source.snapshot((source) => makePlan({ ...job, source }));
    if (countsEqual(plan.totals, plan.planned, plan.options.sections)) {
      const content = Buffer.from(JSON.stringify(plan));
      await job.store.put(planBlob(plan.exportId), { contentType: 'application/json' }, content);
      return plan;
    }
    if (attempt === ATTEMPTS) {
      throw new ExportFailure(
        'counts_differ',
        'The account kept changing while its content was counted.',
      );
    }
  }
}

async function makePlan(job: PlanExport): Promise<Plan> {
  const { accountId, options } = job.order;
  const check = options.encrypted ? await passwordCheck(job) : null;
  const totals = await job.source
    .totals(accountId, selectionOf(options))
    .catch((error: unknown) => {
      throw sourceFailure(error);
    });
  const cutting = {
    ...job,
    planned: noTotals(),
    kept: createPlannedRowsWriter(job.store, job.exportId),
    wanted: job.only ? { files: job.only, lost: [] } : null,
    supplement: supplementNumber(job.exportId),
  };
  const parts: CutPart[] = [];
  try {
    for (const section of options.sections) {
      const cut = section === 'data' ? cutData(cutting) : cutFiles(cutting, section);
      parts.push(...(await cut));
    }
    await cutting.kept.end();
  } finally {
    await cutting.kept.close();
  }
  return {
    exportId: job.exportId,
    accountId,
    accountName: job.accountName,
    options,
    ...(check && { passwordCheck: check }),
    plannedAt: job.now.toISOString(),
    parts: numberParts(accountId, parts, cutting.supplement),
    // What a supplement holds is a few rows of what the database counts.
    totals: cutting.wanted ? structuredClone(cutting.planned) : totals,
    planned: cutting.planned,
    ...(cutting.wanted &&
      cutting.supplement !== null && {
        supplement: { number: cutting.supplement, lost: cutting.wanted.lost },
      }),
  };
}

/** An export while its lists are read: what was counted, and where each row is written down. */
type Cutting = PlanExport & {
  planned: SourceTotals;
  kept: PlannedRowsWriter;
  wanted: Wanted | null;
  supplement: number | null;
};

async function cutData(job: Cutting): Promise<CutPart[]> {
  const cutter = createCutter('data', limitsOf(job.order.options));
  for (const dataSet of DATA_SETS) {
    if (!isWanted(dataSet, job.wanted)) continue;
    const head = Buffer.byteLength(csvHead(job.source.columns(dataSet)));
    cutter.begin(dataSet, entryBytes(dataSetPath(dataSet, LONGEST_VOLUME, job.supplement), head));
    const rows = wantedRows(dataSet, (range) => dataRows(scopeOf(job), dataSet, range), job.wanted);
    for await (const { row } of rows) {
      const bytes = Buffer.byteLength(csvRow(row.values));
      const stretch = cutter.add({ key: row.key, bytes, zipBytes: deflateBound(bytes) });
      await job.kept.add(stretch, { key: row.key });
      job.planned.rows[dataSet] += 1;
    }
  }
  return cutter.end();
}

async function cutFiles(job: Cutting, section: FileSection): Promise<CutPart[]> {
  const cutter = createCutter(section, limitsOf(job.order.options));
  const paths = createPaths();
  cutter.begin(section, 0);
  const files = wantedRows(section, (range) => fileRows(scopeOf(job), section, range), job.wanted);
  for await (const { row: file, was } of files) {
    const path = was?.path ?? paths.next(asCalled(file, job.supplement));
    const contents = Buffer.byteLength(contentsRow(path, file, file.sizeBytes, 0));
    const zipBytes = entryBytes(path, file.sizeBytes) + deflateBound(contents);
    const stretch = cutter.add({ key: file.key, bytes: file.sizeBytes, zipBytes });
    const { key, fileId, name, jobId, candidateId } = file;
    await job.kept.add(stretch, { key, path, fileId, name, jobId, candidateId });
    addTo(job.planned.files[section], jobId ?? '', file.sizeBytes);
  }
  return cutter.end();
}

function asCalled(file: SourceFile, supplement: number | null): SourceFile {
  return supplement === null ? file : { ...file, name: supplementName(file.name, supplement) };
}

/** For measuring only: no data set fills a thousand parts. */
const LONGEST_VOLUME = 999;

function limitsOf(options: ExportOptions): CutLimits {
  return {
    partSizeBytes: Math.min(options.partSizeBytes, POLICY.maxPartBytes),
    maxEntries: POLICY.maxPartEntries,
  };
}

function scopeOf(job: PlanExport): ListScope {
  const { accountId, options } = job.order;
  return { source: job.source, accountId, options, signal: job.signal ?? NEVER };
}

const NEVER = new AbortController().signal;

function noTotals(): SourceTotals {
  const rows = Object.fromEntries(DATA_SETS.map((name) => [name, 0]));
  return { rows: rows as Record<DataSet, number>, files: { attachments: {}, cvs: {} } };
}

function addTo(sums: Record<string, Amount>, job: string, bytes: number): void {
  const sum = sums[job] ?? { count: 0, bytes: 0 };
  sums[job] = { count: sum.count + 1, bytes: sum.bytes + bytes };
}
