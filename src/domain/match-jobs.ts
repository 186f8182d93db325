import type { Job } from './account.ts';
import { words } from './understand/job-titles.ts';

const MAX_NEAR = 4;

/** A title that fits no job, or more than one, with the jobs that are nearest to it. */
export type UnclearJob = { wanted: string; near: Job[] };

/** The jobs that a customer's titles mean; what fits none or several has to be asked back. */
export function matchJobs(
  titles: readonly string[],
  jobs: readonly Job[],
): { matched: Job[]; unclear: UnclearJob[] } {
  const matched: Job[] = [];
  const unclear: UnclearJob[] = [];
  for (const wanted of titles) {
    const found = meant(wanted, jobs);
    if (found.length > 0) matched.push(...found.filter((job) => !matched.includes(job)));
    else unclear.push({ wanted, near: nearest(wanted, jobs) });
  }
  return { matched, unclear };
}

/** The jobs that a title means. Jobs with the very same title cannot be told apart: all of them are meant. */
function meant(wanted: string, jobs: readonly Job[]): Job[] {
  const text = words(wanted);
  if (text === '') return [];
  const exact = jobs.filter((job) => words(job.title) === text);
  if (exact.length > 0) return exact;
  // A long title is cut where it is shown, and comes back as it was shown.
  const begun = jobs.filter((job) => text.length > 40 && words(job.title).startsWith(text));
  if (begun.length > 0) return begun;
  const parts = text.split(' ');
  for (const fits of [sameWord, similarWord]) {
    const found = jobs.filter((job) => {
      const title = words(job.title).split(' ');
      return parts.every((part) => title.some((word) => fits(part, word)));
    });
    const different = new Set(found.map((job) => words(job.title)));
    if (different.size === 1) return found;
    if (different.size > 1) return [];
  }
  return [];
}

function nearest(wanted: string, jobs: readonly Job[]): Job[] {
  const parts = words(wanted).split(' ');
  const titles = new Map<string, { job: Job; score: number }>();
  for (const job of jobs) {
    const title = words(job.title).split(' ');
    const score = parts.filter((part) => title.some((word) => similarWord(part, word))).length;
    if (score > 0 && !titles.has(job.title)) titles.set(job.title, { job, score });
  }
  return [...titles.values()]
    .sort((a, b) => b.score - a.score || a.job.title.length - b.job.title.length)
    .slice(0, MAX_NEAR)
    .map(({ job }) => job);
}

function sameWord(a: string, b: string): boolean {
  return a === b || `${a}s` === b || a === `${b}s`;
}

/** Equal but for a typing error: one in a word of four letters, two in one of eight. */
function similarWord(a: string, b: string): boolean {
  if (sameWord(a, b)) return true;
  const allowed = Math.min(2, Math.floor(Math.min(a.length, b.length) / 4));
  if (allowed === 0 || Math.abs(a.length - b.length) > allowed) return false;
  return distance(a, b) <= allowed;
}

/** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, at(before, j - 2) + 1);
      }
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
