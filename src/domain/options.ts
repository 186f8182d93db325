import { POLICY } from './policy.ts';

export const SECTIONS = ['data', 'attachments', 'cvs'] as const;
/** One of the three kinds of content of a dump. */
export type Section = (typeof SECTIONS)[number];

/** What a ticket asks for. */
export type ExportOptions = {
  sections: Section[];
  /** Job ids; null means every job. */
  jobs: string[] | null;
  /** ISO dates, both ends included; null means no bound. */
  from: string | null;
  to: string | null;
  /** Upper bound of one ZIP, in bytes. */
  partSizeBytes: number;
  /** How long the links work, in days. */
  windowDays: number;
  /** The ZIPs are encrypted with a password. */
  encrypted?: true | undefined;
  /** A file that lies under several jobs is in the ZIPs once; `applications.csv` ties candidates to jobs. */
  oneCopy?: true | undefined;
  /** The data files also as NDJSON, each with a JSON schema. */
  ndjson?: true | undefined;
};

/** Options that are there or not. */
export const FLAGS = ['encrypted', 'oneCopy', 'ndjson'] as const;
export type Flag = (typeof FLAGS)[number];

export const DEFAULT_OPTIONS: ExportOptions = {
  sections: [...SECTIONS],
  jobs: null,
  from: null,
  to: null,
  partSizeBytes: POLICY.partSizeBytes,
  windowDays: POLICY.windowDays,
};

/** True when support has to do more than press the button: such a dump takes longer (see POLICY). */
export function isCustom(options: ExportOptions): boolean {
  return (
    options.jobs !== null ||
    options.from !== null ||
    options.to !== null ||
    options.sections.length < SECTIONS.length
  );
}

/** The problem with a part size, as one sentence that says what to do, or null when it is fine. */
export function partSizeProblem(
  bytes: number,
  fewest: number = POLICY.minPartBytes,
): string | null {
  if (Number.isSafeInteger(bytes) && bytes >= fewest && bytes <= POLICY.maxPartBytes) return null;
  return `A ZIP can be from ${fewest / 1e6} MB to ${POLICY.maxPartBytes / 1e9} GB; choose a size between these, for example 2GB.`;
}

/** Reads "2GB", "500 MB" or a number of bytes, decimal units as disks and browsers show them; null when unreadable. */
export function parseSize(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(b|kb|mb|gb|k|m|g)?\s*$/i.exec(text);
  if (!match?.[1]) return null;
  const factor = { b: 1, k: 1e3, m: 1e6, g: 1e9 }[(match[2] ?? 'b').toLowerCase().charAt(0)] ?? 1;
  return Math.round(Number(match[1].replace(',', '.')) * factor);
}
