import { type DateRange, type Deadline, readDeadline, readRange } from './dates.ts';
import { readDurationHours } from './durations.ts';
import { readJobs } from './job-titles.ts';
import { fold } from './normalise.ts';

/** Kinds of content that a message names. */
export type Included = 'resumes' | 'structured' | 'attachments' | 'cvs';

/** What a message says beside its intent. What is not in the message is absent. */
export type Entities = {
  email?: string;
  /** Titles in the customer's words. */
  jobs?: string[];
  duration_hours?: number;
  deadline?: Deadline;
  part_size_gb?: number;
  include?: Included[];
  one_copy?: boolean;
  password?: boolean;
  range?: DateRange;
};

const EMAIL = /[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/i;

const INCLUDED = {
  resumes: /\b(resumes?|lebenslaufe?)\b/,
  cvs: /\b(cvs?|curricul(um|a)( vitae)?)\b/,
  attachments: /\b(attach(ed|ments?)( files?)?|documents?|cover letters?)\b/,
  structured:
    /\b(csvs?|spreadsheets?|structured|notes?|(data|custom|parsed|profile) ?fields?|fields|data files?|metadata|tables?|raw data|job descriptions?|contacts|companies|audit logs?|pipelines?|tasks)\b/,
} as const satisfies Record<Included, RegExp>;

const SIZE = /(\d+(?:[.,]\d+)?)\s*-?\s*(gb|gigs?|gigabytes?|g|mb|megabytes?|m)\b/gi;
const PIECES =
  /\b(zips?|parts?|files?|chunks?|pieces?|archives?|volumes?|splits?|split up|each|apiece|per|max(imum)?|small(er)?|at most|no (more|larger|bigger) than|(under|below|less than|up to))\b/;

/** Reads what a message says beside its intent. `text` is normalised. */
export function readEntities(
  text: string,
  context: { now?: Date; jobTitles?: readonly string[] },
): Entities {
  const folded = fold(text);
  const email = EMAIL.exec(text)?.[0].toLowerCase();
  const jobs = readJobs(text, context.jobTitles ?? []);
  const hours = readDurationHours(text);
  const range = readRange(text, context.now);
  const deadline = readDeadline(range ? text.replace(range.text, ' ') : text, context.now);
  const size = readPartSize(folded);
  const include = readIncluded(folded);
  return {
    ...(email && { email }),
    ...(jobs.length > 0 && { jobs }),
    ...(hours !== null && !isRange(range, text) && { duration_hours: hours }),
    ...(deadline && { deadline }),
    ...(size !== null && { part_size_gb: size }),
    ...(include.length > 0 && { include }),
    ...(/\b(one|1|a single|only one) cop(y|ies)\b|\bno duplicates?\b|\bwithout duplicates?\b|\bde-?dup/.test(
      folded,
    ) && {
      one_copy: true,
    }),
    ...(/\bpass ?word|\bencrypt/.test(folded) && { password: true }),
    ...(range && { range }),
  };
}

/** "the last 2 years" is a range and no duration. */
function isRange(range: DateRange | null, text: string): boolean {
  return range !== null && readDurationHours(text.replace(range.text, ' ')) === null;
}

/** "600 GB of data" is no wish for parts: a size counts when pieces are near, or when it is all that was said. */
function readPartSize(folded: string): number | null {
  for (const match of folded.matchAll(SIZE)) {
    const before = folded
      .slice(Math.max(0, match.index - 40), match.index)
      .split(/[,;:?!\n]/)
      .at(-1);
    const after = folded
      .slice(match.index, match.index + match[0].length + 25)
      .split(/[,;:?!\n]/)[0];
    const around = `${before}${after}`;
    const alone = folded.length <= match[0].length + 12;
    const amount = /^.{0,12}\b(of|worth of) (our |my |the )?(data|files|resumes|cvs)/.test(
      folded.slice(match.index + match[0].length),
    );
    if (amount || !(alone || PIECES.test(around))) continue;
    const value = Number(match[1]?.replace(',', '.'));
    if (value > 0) return match[2]?.startsWith('m') ? value / 1000 : value;
  }
  return null;
}

function readIncluded(folded: string): Included[] {
  const found = (Object.keys(INCLUDED) as Included[])
    .map((kind) => ({ kind, at: folded.search(INCLUDED[kind]) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found.map(({ kind }) => kind);
}
