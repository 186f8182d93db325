import type { Job } from './account.ts';
import { type ExportOptions, FLAGS, partSizeProblem, SECTIONS } from './options.ts';
import { POLICY } from './policy.ts';

/** Why these options cannot be, as one sentence that says what to do; null when they are fine. */
export function optionsProblem(options: ExportOptions, jobs: readonly Job[]): string | null {
  const { sections, from, to, partSizeBytes, windowDays } = options;
  if (sections.length === 0 || sections.some((section) => !SECTIONS.includes(section))) {
    return 'Choose at least one of data files, attachments and internal CVs.';
  }
  return (
    jobsProblem(options.jobs, jobs) ??
    datesProblem(from, to) ??
    partSizeProblem(partSizeBytes) ??
    windowProblem(windowDays)
  );
}

function jobsProblem(wanted: readonly string[] | null, jobs: readonly Job[]): string | null {
  if (!wanted) return null;
  if (wanted.length === 0) return 'Choose at least one job, or all of them.';
  const unknown = wanted.find((id) => !jobs.some((job) => job.id === id));
  return unknown === undefined
    ? null
    : `The account has no job "${unknown}"; choose among its own jobs.`;
}

function datesProblem(from: string | null, to: string | null): string | null {
  const wrong = [from, to].find((date) => date !== null && !isDate(date));
  if (wrong) return `"${wrong}" is not a date; write it like 2026-03-31.`;
  return from !== null && to !== null && from > to
    ? 'The first date is after the last one; swap them.'
    : null;
}

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && at.toJSON()?.slice(0, 10) === text;
}

function windowProblem(days: number): string | null {
  if (Number.isInteger(days) && days >= 1 && days <= POLICY.maxWindowDays) return null;
  return `Links can work from 1 to ${POLICY.maxWindowDays} whole days; choose a number between these.`;
}

/** The same options in one order and without repetitions, so that equal ones look equal. */
export function tidyOptions(options: ExportOptions): ExportOptions {
  return {
    sections: SECTIONS.filter((section) => options.sections.includes(section)),
    jobs: options.jobs && [...new Set(options.jobs)],
    from: options.from,
    to: options.to,
    partSizeBytes: options.partSizeBytes,
    windowDays: options.windowDays,
    ...Object.fromEntries(FLAGS.filter((flag) => options[flag]).map((flag) => [flag, true])),
  };
}
