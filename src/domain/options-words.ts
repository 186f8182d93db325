import type { Job } from './account.ts';
import { type ExportOptions, SECTIONS, type Section } from './options.ts';
import { sayBytes, sayCount } from './words.ts';

/** A thing that is known about a ticket: what it is called, and how it is. `at` is the time in it, ISO 8601, if it has one. */
export type Fact = { label: string; value: string; at?: string };

export const SECTION_WORDS = {
  data: 'data files (CSV)',
  attachments: 'attachments',
  cvs: 'internal CVs',
} as const satisfies Record<Section, string>;

const MAX_JOBS_SAID = 5;

/** What a ticket asks for, in plain words. `jobs` gives the titles; a job that is not in it is said by its id. */
export function optionFacts(options: ExportOptions, jobs: readonly Job[]): Fact[] {
  return [
    { label: 'Content', value: sayList(sayable(options.sections)) },
    { label: 'Jobs', value: sayJobs(options.jobs, jobs) },
    { label: 'Dates', value: sayRange(options.from, options.to) },
    { label: 'Size of a ZIP', value: `up to ${sayBytes(options.partSizeBytes)}` },
    { label: 'Links work for', value: sayCount(options.windowDays, 'day') },
  ];
}

/** Items as in a sentence: `a, b and c`. */
export function sayList(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function sayable(sections: readonly Section[]): string[] {
  return SECTIONS.filter((section) => sections.includes(section)).map(
    (section) => SECTION_WORDS[section],
  );
}

function sayJobs(wanted: readonly string[] | null, jobs: readonly Job[]): string {
  if (!wanted) return 'all';
  const titles = wanted.map((id) => jobs.find((job) => job.id === id)?.title ?? id);
  if (titles.length <= MAX_JOBS_SAID) return sayList(titles);
  const more = titles.length - MAX_JOBS_SAID + 1;
  return `${titles.slice(0, MAX_JOBS_SAID - 1).join(', ')} and ${more} more`;
}

function sayRange(from: string | null, to: string | null): string {
  if (from && to) return `${sayDate(from)} to ${sayDate(to)}`;
  if (from) return `from ${sayDate(from)} on`;
  return to ? `up to ${sayDate(to)}` : 'all';
}

function sayDate(isoDate: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${isoDate}T00:00:00Z`),
  );
}
