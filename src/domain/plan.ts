import type { APPLICATIONS } from './applications.ts';
import type {
  Amount,
  DifferenceReason,
  FileSection,
  ListName,
  RowKey,
  SourceTotals,
} from './content.ts';
import type { ExportOptions, Section } from './options.ts';

/** A stretch of one list: rows with `after < key <= upTo`. A data set without rows has `upTo` null and count 0. */
export type Stretch = {
  list: ListName | typeof APPLICATIONS;
  after: RowKey | null;
  upTo: RowKey | null;
  /** From 1: which CSV of the data set this is, when it goes on over several parts. */
  volume: number;
} & Amount;

/** One ZIP to be built. Its content is a few key ranges, never a row for each file. */
export type PlannedPart = Amount & {
  /** From 1. */
  number: number;
  /** File name of the ZIP, for example `acme-cvs-003.zip`. */
  name: string;
  section: Section;
  /** Set for a part of one file that is too large for a ZIP without ZIP64. */
  zip64?: boolean;
  stretches: Stretch[];
};

/** What an export will hold, small whatever the size of the account. */
export type Plan = {
  exportId: string;
  accountId: string;
  accountName: string;
  options: ExportOptions;
  /** For an encrypted export: tells another password from the one that it was begun with. See `passwordCheck`. */
  passwordCheck?: string | null;
  /** ISO 8601 in UTC. */
  plannedAt: string;
  parts: PlannedPart[];
  /** What the database said when the plan was made; compared with what the ZIPs hold at the end. */
  totals: SourceTotals;
  /** What the planner counted while it read the lists. */
  planned: SourceTotals;
  /** Set for one copy of each file: rows of `applications.csv`, and how many files of each job lie under another. */
  once?: { rows: number; copies: Record<FileSection, Record<string, number>> };
  /** Set for a supplement: which one it is of its export, and what it should hold and the account has no longer. */
  supplement?: { number: number; lost: MissingFile[] };
};

/** A file or row that is not in the ZIP, and why. */
export type MissingFile = {
  section: Section;
  /** Of a row of a data set: what its key holds. */
  fileId: string;
  /** Of a row of a data set: the name of the CSV. */
  name: string;
  jobId: string | null;
  candidateId: string | null;
  reason: DifferenceReason;
  /** Its place in its list. */
  list?: ListName;
  key?: RowKey;
  /** Where a planned file would lie in the ZIPs. */
  path?: string;
};

/** Written beside a finished part; whoever finds it does not build the part again. */
export type Receipt = {
  number: number;
  name: string;
  section: Section;
  sizeBytes: number;
  /** SHA-256 of the ZIP, lower-case hex. */
  sha256: string;
  /** Set when the ZIP needs ZIP64, which some programs cannot open. */
  zip64?: boolean;
  /** Set when its files are encrypted with a password. */
  encrypted?: boolean;
  /** Entries in the ZIP that were asked for; lists of contents and the viewer not counted. */
  entries: number;
  /** The entries that are not counted. */
  extras?: number;
  /** Rows of each data set that the part holds. */
  rows: Partial<Record<string, number>>;
  /** Files and bytes of each job that the part holds ('' is no job). */
  files: Record<string, Amount>;
  /** What was planned and is not in the part. */
  missing: MissingFile[];
  /** What came between the rows of the part after the plan was made, and is left out. */
  added?: MissingFile[];
  /** ISO 8601 in UTC. */
  builtAt: string;
};

/** How far an export is. Rows of data files count as bytes only. */
export type Progress = {
  parts: { done: number; total: number };
  files: { done: number; total: number };
  bytes: { done: number; total: number };
};

/** Names in the store: `<export id>/…`. */
export const planBlob = (exportId: string): string => `${exportId}/plan.json`;
export const partBlob = (exportId: string, partName: string): string => `${exportId}/${partName}`;
export const receiptBlob = (exportId: string, partName: string): string =>
  `${exportId}/receipts/${partName}.json`;

export const passwordBlob = (exportId: string): string => `${exportId}/password.sealed`;

/** The progress when these parts are done and `current` of the others, which are being built, is. */
export function progressOf(plan: Plan, doneParts: ReadonlySet<number>, current: Amount): Progress {
  const total = { files: 0, bytes: 0 };
  const done = { files: 0, bytes: current.bytes };
  for (const part of plan.parts) {
    const files = part.section === 'data' ? 0 : part.count;
    total.files += files;
    total.bytes += part.bytes;
    if (!doneParts.has(part.number)) continue;
    done.files += files;
    done.bytes += part.bytes;
  }
  done.files += current.count;
  return {
    parts: { done: doneParts.size, total: plan.parts.length },
    files: { done: Math.min(done.files, total.files), total: total.files },
    bytes: { done: Math.min(done.bytes, total.bytes), total: total.bytes },
  };
}
