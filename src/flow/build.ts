import type { Approved, ExportOrder } from '../domain/approval.ts';
import { asFailure } from '../domain/failure.ts';
import { type Plan, type Progress, progressOf, type Receipt } from '../domain/plan.ts';
import type { ExportStore } from '../ports/export-store.ts';
import type { OpenFirstPlaces } from '../ports/first-places.ts';
import type { OpenPart } from '../ports/part-writer.ts';
import type { Signer } from '../ports/signer.ts';
import type { Source } from '../ports/source.ts';
import { buildPart } from './build-part.ts';
import { type FinishedExport, finishExport } from './finish-export.ts';
import { checkPassword } from './password-check.ts';
import { planExport } from './plan-export.ts';
import { findPlan, findReceipt } from './stored-export.ts';

export type BuildExport = {
  order: Approved<ExportOrder>;
  exportId: string;
  accountName: string;
  source: Source;
  store: ExportStore;
  openPart: OpenPart;
  openFirstPlaces?: OpenFirstPlaces;
  signer: Signer;
  now(): Date;
  /** Of an encrypted export; it is not kept. */
  password?: string | null;
  signal: AbortSignal;
  onProgress?(progress: Progress): void;
};

/** The whole pipeline in this process, one part after the other. Called again it goes on where it stopped. */
export async function buildExport(
  job: BuildExport,
): Promise<FinishedExport & { plan: Plan; receipts: Receipt[] }> {
  try {
    const { store, signer, exportId } = job;
    const plan =
      (await findPlan(store, exportId)) ?? (await planExport({ ...job, now: job.now() }));
    await checkPassword(plan, job.password);
    const receipts = await buildParts(job, plan);
    const finished = await finishExport({ plan, receipts, store, signer, now: job.now() });
    return { ...finished, plan, receipts };
  } catch (error) {
    throw asFailure(error);
  }
}

async function buildParts(job: BuildExport, plan: Plan): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const done = new Set<number>();
  const report = (files: number, bytes: number) =>
    job.onProgress?.(progressOf(plan, done, { count: files, bytes }));
  for (const part of plan.parts) {
    const found = await findReceipt(job.store, plan, part);
    const onProgress = ({ files, bytes }: { files: number; bytes: number }) => report(files, bytes);
    receipts.push(found ?? (await buildPart({ ...job, plan, part, onProgress })));
    done.add(part.number);
    report(0, 0);
  }
  return receipts;
}
