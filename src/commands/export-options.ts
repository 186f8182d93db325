import type { Job } from '../domain/account.ts';
import {
  DEFAULT_OPTIONS,
  type ExportOptions,
  parseSize,
  partSizeProblem,
  SECTIONS,
  type Section,
} from '../domain/options.ts';
import { POLICY } from '../domain/policy.ts';

/** The options of `waybill export` as they were typed. */
export type TypedOptions = {
  sections?: string;
  jobs?: string;
  from?: string;
  toDate?: string;
  partSize?: string;
  passwordFile?: string;
  oneCopy?: boolean;
  ndjson?: boolean;
};

/**
 * What was typed as options of an export; `jobs` are those of the account.
 * @throws Error with one sentence that says what was wrong and what to type instead
 */
export function readExportOptions(typed: TypedOptions, jobs: readonly Job[]): ExportOptions {
  const options: ExportOptions = {
    ...DEFAULT_OPTIONS,
    sections: typed.sections === undefined ? [...SECTIONS] : readSections(typed.sections),
    jobs: typed.jobs === undefined ? null : readJobs(typed.jobs, jobs),
    from: readDate('--from', typed.from),
    to: readDate('--to-date', typed.toDate),
    partSizeBytes: readPartSize(typed.partSize),
    ...(typed.passwordFile !== undefined && { encrypted: true }),
    ...(typed.oneCopy && { oneCopy: true }),
    ...(typed.ndjson && { ndjson: true }),
  };
  if (options.from && options.to && options.from > options.to) {
    throw new Error(`--from ${options.from} is after --to-date ${options.to}; swap them.`);
  }
  return options;
}

function readSections(text: string): Section[] {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !SECTIONS.some((section) => section === name));
  if (unknown !== undefined) {
    throw new Error(`There is no section "${unknown}"; choose from ${SECTIONS.join(', ')}.`);
  }
  return SECTIONS.filter((section) => names.includes(section));
}

/** Ids or titles, separated by commas; a title may itself hold commas, so the longest that fits is taken. */
function readJobs(text: string, jobs: readonly Job[]): string[] {
  const pieces = text.split(',');
  const ids = new Set<string>();
  for (let at = 0; at < pieces.length; ) {
    let end = pieces.length;
    let found: Job[] = [];
    for (; end > at; end--) {
      found = jobsCalled(pieces.slice(at, end).join(',').trim(), jobs);
      if (found.length) break;
    }
    if (!found.length) throw noJob(pieces[at]?.trim() ?? '', jobs);
    for (const job of found) ids.add(job.id);
    at = end;
  }
  return [...ids].sort();
}

function jobsCalled(text: string, jobs: readonly Job[]): Job[] {
  const byId = jobs.filter((job) => job.id === text);
  if (byId.length) return byId;
  const title = text.toLowerCase();
  return jobs.filter((job) => job.title.trim().toLowerCase() === title);
}

function noJob(text: string, jobs: readonly Job[]): Error {
  const some = jobs.slice(0, 12).map((job) => `${job.title} (${job.id})`);
  const more = jobs.length > some.length ? `, and ${jobs.length - some.length} more` : '';
  return new Error(
    `There is no job "${text}" in this account; its jobs are ${some.join(', ') || 'none'}${more}.`,
  );
}

function readDate(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const date = text.trim();
  const at = new Date(`${date}T00:00:00Z`);
  const isReal = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(at.getTime());
  if (isReal && at.toISOString().startsWith(date)) return date;
  throw new Error(`${option} cannot be read: "${text}"; give a date such as 2026-03-31.`);
}

function readPartSize(text: string | undefined): number {
  if (text === undefined) return DEFAULT_OPTIONS.partSizeBytes;
  const bytes = parseSize(text);
  const problem =
    bytes === null
      ? `--part-size cannot be read: "${text}".`
      : partSizeProblem(bytes, POLICY.minPartBytesOfOperator);
  if (problem) {
    throw new Error(bytes === null ? `${problem} Give a size such as 2GB or 500MB.` : problem);
  }
  return bytes ?? DEFAULT_OPTIONS.partSizeBytes;
}
