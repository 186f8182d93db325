import type { Section } from './options.ts';

/** The ten data sets, each one CSV of that name. */
export const DATA_SETS = [
  'Attachments',
  'Audit_Logs',
  'Candidates',
  'Companies',
  'Contacts',
  'Folder_Records',
  'Job_Pipelines',
  'Jobs',
  'Tasks',
  'Users',
] as const;
export type DataSet = (typeof DATA_SETS)[number];

/** The two sections that hold files. */
export type FileSection = Exclude<Section, 'data'>;

/** A list of the source that is read in key order: a data set's rows, or a section's files. */
export type ListName = DataSet | FileSection;

/** The place of a row in its list: comparable values, in the order in which the list is sorted. */
export type RowKey = readonly (string | number)[];

/** Rows with `after < key <= upTo`; null is an open end. */
export type KeyRange = { after: RowKey | null; upTo: RowKey | null };

/** Which rows and files of an account are wanted. Dates are ISO dates, both ends included. */
export type Selection = { jobs: string[] | null; from: string | null; to: string | null };

export type CellValue = string | number | bigint | null;

/** One row of a data set. `values` are in the order of the list's columns. */
export type SourceRow = { accountId: string; key: RowKey; values: CellValue[] };

/** One file of a section. A resume that belongs to several jobs comes once for each job. */
export type SourceFile = {
  accountId: string;
  section: FileSection;
  key: RowKey;
  fileId: string;
  /** Where the file lies, relative to the source's file root. Hostile until opened. */
  path: string;
  /** The name that a person gave it. Hostile until made safe. */
  name: string;
  /** Size as the database has it; the real one is known when the file is opened. */
  sizeBytes: number;
  /** ISO 8601 in UTC. */
  createdAt: string;
  jobId: string | null;
  jobTitle: string | null;
  candidateId: string | null;
  candidateName: string | null;
};

/** Number and bytes of something. */
export type Amount = { count: number; bytes: number };

/** What the database says an export holds: rows for each data set, files for each section and job ('' is no job). */
export type SourceTotals = {
  rows: Record<DataSet, number>;
  files: Record<FileSection, Record<string, Amount>>;
};

/** Why a file could not be put into a part. A closed list: each has its sentence in the manifest. */
export type MissingReason = 'gone' | 'unreadable' | 'outside_root' | 'changed_while_reading';

/** Why something is not in an export that the account has, or had when the export was planned. */
export type DifferenceReason = MissingReason | 'gone_since_plan' | 'added_since_plan';

/** A file that cannot go into the export. It is listed as missing, with this reason. */
export class UnreadableFile extends Error {
  readonly reason: MissingReason;

  constructor(reason: MissingReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableFile';
    this.reason = reason;
  }
}
