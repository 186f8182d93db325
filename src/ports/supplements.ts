import type { ExportRun } from './exports.ts';

/** Small exports of what an export lacked; see `domain/supplement.ts`. */
export interface Supplements {
  /** Those that are still to be built, of tickets whose links work. */
  pending(): ExportRun[];
  /** Of an export, oldest first. */
  of(exportId: string): ExportRun[];
}
