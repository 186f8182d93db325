import type { Approved, ExportOrder } from '../domain/approval.ts';
import { DATA_SETS, type DataSet, type SourceTotals } from '../domain/content.ts';
import { type CutPart, numberParts } from '../domain/cut.ts';
import { ExportFailure } from '../domain/failure.ts';
import { type MissingFile, type Plan, planBlob } from '../domain/plan.ts';
import { countsEqual } from '../domain/reconcile.ts';
import { supplementNumber } from '../domain/supplement.ts';
import type { ExportStore } from '../ports/export-store.ts';
import type { FirstPlaces, OpenFirstPlaces } from '../ports/first-places.ts';
import type { Source } from '../ports/source.ts';
import { type Cutting, createOnce, cutData, cutFiles } from './cut-lists.ts';
import { passwordCheck } from './password-check.ts';
import { createPlannedRowsWriter } from './planned-rows.ts';
import { selectionOf, sourceFailure } from './read-lists.ts';

export type PlanExport = {
  order: Approved<ExportOrder>;
  exportId: string;
  accountName: string;
  source: Source;
  store: ExportStore;
  now: Date;
  /** What a supplement is to hold; see `domain/supplement.ts`. */
  only?: readonly MissingFile[];
  /** For exports with one copy of each file. */
  openFirstPlaces?: OpenFirstPlaces;
  /** Of an encrypted export. */
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
    if (countsEqual(plan, plan.options.sections)) {
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
  const places = options.oneCopy && !job.only ? needPlaces(job) : null;
  const rowsOnce = createPlannedRowsWriter(job.store, job.exportId);
  const once = places && createOnce(options, places, rowsOnce);
  const cutting: Cutting = {
    ...job,
    once,
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
    if (once) parts.push(...once.cutter.end());
    await cutting.kept.end();
    await rowsOnce.end();
  } finally {
    await cutting.kept.close();
    await rowsOnce.close();
    places?.close();
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
    ...(once && { once: { rows: once.rows, copies: once.copies } }),
    ...(cutting.wanted &&
      cutting.supplement !== null && {
        supplement: { number: cutting.supplement, lost: cutting.wanted.lost },
      }),
  };
}

function needPlaces({ openFirstPlaces }: PlanExport): FirstPlaces {
  if (openFirstPlaces) return openFirstPlaces();
  throw new ExportFailure('unexpected', 'There is no place for the list of files.');
}

function noTotals(): SourceTotals {
  const rows = Object.fromEntries(DATA_SETS.map((name) => [name, 0]));
  return { rows: rows as Record<DataSet, number>, files: { attachments: {}, cvs: {} } };
}
