import type { ListName, RowKey } from './content.ts';

/** Why an export stops. A closed list; each reason has a next step for whoever reads it. */
const FAILURES = {
  disk_full: 'Make room in the export store, then build again; finished parts are kept.',
  store_unwritable: 'Let the process write to the export store, then build again.',
  store_differs: 'Let every worker use the export store of the bot, then build again.',
  blob_differs: 'Build again; if it happens twice, check the disk or network of the export store.',
  source_unreadable:
    'Check that the database and the files of the ATS can be read, then build again.',
  foreign_row: 'Correct the SQL of this list in the source file before anything is exported.',
  file_too_large:
    'Correct the size of this file in the database of the ATS, so that it gets a ZIP of its own, then start a new export.',
  part_too_large: 'Choose a smaller part size: the files are larger than the database says.',
  gone_for_good: 'Nothing to do; tell the customer that they were deleted.',
  plan_lost: 'Build again: the export is planned anew.',
  counts_differ: 'The data changed during the export; start the export again.',
  wrong_password:
    'Give the password that the export was begun with, and every worker the WAYBILL_SECRET of the bot; or start a new export.',
  cancelled: 'Nothing to do; start the export again when it is wanted.',
  unexpected: 'Build again; if it happens twice, send the log to the developers.',
} satisfies Record<string, string>;

export type FailureReason = keyof typeof FAILURES;

/** Storage, network or database may come back, and a program that died may have been unlucky. */
const MAY_PASS: ReadonlySet<FailureReason> = new Set([
  'store_unwritable',
  'store_differs',
  'blob_differs',
  'source_unreadable',
  'unexpected',
]);

/** True when the same work may succeed a little later; the others need a person, or nobody wants the result. */
export function isWorthRetrying(reason: FailureReason): boolean {
  return MAY_PASS.has(reason);
}

export function isFailureReason(text: string): text is FailureReason {
  return Object.hasOwn(FAILURES, text);
}

/** An export that stopped: one sentence on what was wrong, and the reason, which has the next step. */
export class ExportFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExportFailure';
    this.reason = reason;
  }

  get nextStep(): string {
    return FAILURES[this.reason];
  }
}

/** A row or file of another account was in a list. Names list and key, never content. */
export class ForeignRow extends ExportFailure {
  readonly list: ListName;
  readonly key: RowKey;

  constructor(list: ListName, key: RowKey) {
    super(
      'foreign_row',
      `The list ${list} holds a row of another account (key ${JSON.stringify(key)}).`,
    );
    this.name = 'ForeignRow';
    this.list = list;
    this.key = key;
  }
}

/** A file changed after its header was written: the part is of no use and has to be begun again without it. */
export class TornFile extends Error {
  /** Path of the entry in the part. */
  readonly path: string;

  constructor(path: string) {
    super('A file changed while it was being written into a part.');
    this.name = 'TornFile';
    this.path = path;
  }
}

/** Any error as one of the closed list. */
export function asFailure(error: unknown): ExportFailure {
  if (error instanceof ExportFailure) return error;
  if (isDiskFull(error)) {
    return new ExportFailure('disk_full', 'The disk is full.', { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ExportFailure('unexpected', `The export stopped: ${message}`, { cause: error });
}

/** No room, or none left of the quota. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT)$/.test(String(error.code));
}

/** @throws ExportFailure `cancelled` when the signal says so. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ExportFailure('cancelled', 'The export was cancelled.');
}
