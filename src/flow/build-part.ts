import { asFailure, ExportFailure, TornFile } from '../domain/failure.ts';
import {
  type Plan,
  type PlannedPart,
  partBlob,
  type Receipt,
  receiptBlob,
} from '../domain/plan.ts';
import type { ExportStore } from '../ports/export-store.ts';
import type { OpenPart, PartOptions } from '../ports/part-writer.ts';
import type { Source } from '../ports/source.ts';
import { fillPart } from './fill-part.ts';
import { needPassword } from './password-check.ts';

export type BuildPart = {
  plan: Plan;
  part: PlannedPart;
  source: Source;
  store: ExportStore;
  openPart: OpenPart;
  now(): Date;
  /** Of an encrypted export. */
  password?: string | null;
  signal: AbortSignal;
  /** How much of this part is done. */
  onProgress?(done: { files: number; bytes: number }): void;
};

/** A storage in which file after file changes under our hands is given up after so many. */
const MAX_TORN_FILES = 10;

/**
 * Builds one part, and writes its receipt beside it as the last thing. The same plan gives the same bytes.
 * @throws ExportFailure; nothing of the part is then visible
 */
export async function buildPart(job: BuildPart): Promise<Receipt> {
  const torn = new Set<string>();
  for (;;) {
    try {
      return await inSnapshot(job, (frozen) => buildOnce(frozen, torn));
    } catch (error) {
      if (!(error instanceof TornFile)) throw asFailure(error);
      if (torn.size === MAX_TORN_FILES) throw keepsChanging(job.part);
      torn.add(error.path);
    }
  }
}

/**
 * The tables of a part are all of one moment. A list of files may take a day to pack, and no database should be held for
 * so long: there the keys of the plan say what belongs to it.
 */
function inSnapshot<T>(job: BuildPart, work: (job: BuildPart) => Promise<T>): Promise<T> {
  if (job.part.section !== 'data') return work(job);
  return job.source.snapshot((source) => work({ ...job, source }));
}

async function buildOnce(job: BuildPart, torn: ReadonlySet<string>): Promise<Receipt> {
  const { plan, part, store } = job;
  const blob = await store.create(partBlob(plan.exportId, part.name), {
    contentType: 'application/zip',
  });
  const writer = job.openPart(blob, {
    signal: job.signal,
    zip64: part.zip64 ?? false,
    encryption: encryptionOf(job),
  });
  try {
    const content = await fillPart(job, writer, torn);
    const { sizeBytes, sha256, zip64 } = await writer.finish();
    await blob.commit({ sizeBytes, sha256 });
    const { number, name, section } = part;
    const receipt: Receipt = {
      number,
      name,
      section,
      sizeBytes,
      sha256,
      ...(zip64 && { zip64 }),
      ...(plan.options.encrypted && { encrypted: true }),
      ...content,
      builtAt: job.now().toISOString(),
    };
    await store.put(
      receiptBlob(plan.exportId, name),
      { contentType: 'application/json' },
      Buffer.from(JSON.stringify(receipt)),
    );
    return receipt;
  } finally {
    await writer.close();
    await blob.abort();
  }
}

function encryptionOf({
  plan,
  password,
}: BuildPart): NonNullable<PartOptions['encryption']> | null {
  return plan.options.encrypted
    ? { password: needPassword(password), exportId: plan.exportId }
    : null;
}

function keepsChanging(part: PlannedPart): ExportFailure {
  return new ExportFailure(
    'source_unreadable',
    `More than ${MAX_TORN_FILES} files of ${part.name} changed while they were read.`,
  );
}
