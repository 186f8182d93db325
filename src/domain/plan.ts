import type { Amount, ListName, MissingReason, RowKey, SourceTotals } from './content.ts';
import type { ExportOptions, Section } from './options.ts';

/** A stretch of one list: rows with `after < key <= upTo`. */
export type Stretch = { list: ListName; after: RowKey | null; upTo: RowKey } & Amount;

/** One ZIP to be built. Its content is a few key ranges, never a row for each file. */
export type PlannedPart = Amount & {
  /** From 1. */
  number: number;
  /** File name of the ZIP, for example `acme-cvs-003.zip`. */
  name: string;
  section: Section;
  stretches: Stretch[];
};

/** What an export will hold, small whatever the size of the account. */
export type Plan = {
  exportId: string;
  accountId: string;
  accountName: string;
  options: ExportOptions;
  /** ISO 8601 in UTC. */
  plannedAt: string;
  parts: PlannedPart[];
  /** What the database said when the plan was made; compared with what the ZIPs hold at the end. */
  totals: SourceTotals;
};

/** A file that is not in the ZIP, and why. */
export type MissingFile = {
  section: Section;
  fileId: string;
  name: string;
  jobId: string | null;
  candidateId: string | null;
  reason: MissingReason;
};

/** Written beside a finished part; whoever finds it does not build the part again. */
export type Receipt = {
  number: number;
  name: string;
  section: Section;
  sizeBytes: number;
  /** SHA-256 of the ZIP, lower-case hex. */
  sha256: string;
  /** Entries in the ZIP, the contents CSV not counted. */
  entries: number;
  /** Rows of each data set that the part holds. */
  rows: Partial<Record<string, number>>;
  /** Files and bytes of each job that the part holds ('' is no job). */
  files: Record<string, Amount>;
  missing: MissingFile[];
  /** ISO 8601 in UTC. */
  builtAt: string;
};

/** How far an export is. */
export type Progress = {
  parts: { done: number; total: number };
  files: { done: number; total: number };
  bytes: { done: number; total: number };
};
