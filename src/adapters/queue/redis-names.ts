import { z } from 'zod';
import { ExportFailure, isFailureReason } from '../../domain/failure.ts';
import type { Receipt } from '../../domain/plan.ts';

/** Everything of ours in Redis begins with it. One Redis database belongs to one bot. */
export const PREFIX = 'waybill';
/** Jobs that finish an export, taken by the bot; each is the parent of its parts. */
export const EXPORTS = 'exports';
/** Jobs that build a part, taken by workers. */
export const PARTS = 'parts';

/**
 * The run of an export that counts, by a random name; jobs of another run are dropped, and none counts without it.
 * A worker looks at it every second, which is how it hears that an export was cancelled.
 */
export const runKey = (exportId: string): string => `${PREFIX}:run:${exportId}`;
/** Hash from part number to `files bytes`, as far as it is, or `done`. */
export const progressKey = (exportId: string): string => `${PREFIX}:progress:${exportId}`;

const Finishing = z.object({ exportId: z.string().min(1), run: z.string().min(1) });
const Part = Finishing.extend({ number: z.int().positive() });

export type FinishJob = z.infer<typeof Finishing>;
export type PartJob = z.infer<typeof Part>;

export const readFinishJob = (data: unknown): FinishJob => Finishing.parse(data);
export const readPartJob = (data: unknown): PartJob => Part.parse(data);

const ReceiptShape = z.looseObject({
  number: z.int().positive(),
  name: z.string(),
  section: z.string(),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string(),
  entries: z.int().nonnegative(),
  rows: z.record(z.string(), z.number()),
  files: z.record(z.string(), z.object({ count: z.number(), bytes: z.number() })),
  missing: z.array(z.looseObject({ fileId: z.string() })),
  builtAt: z.string(),
});

export function isReceipt(value: unknown): value is Receipt {
  return ReceiptShape.safeParse(value).success;
}

/** How a failure stands in a job: for people who look into Redis, and for `readFailure`. */
export function writeFailure({ reason, message }: ExportFailure): string {
  return `${reason}: ${message}`;
}

export function readFailure(text: string): ExportFailure {
  const [, reason = '', message = ''] = /^(\w+): (.*)$/s.exec(text) ?? [];
  if (isFailureReason(reason)) return new ExportFailure(reason, message);
  if (text.startsWith('job stalled')) {
    return new ExportFailure('unexpected', 'One worker after the other died building one part.');
  }
  return new ExportFailure('unexpected', text);
}
