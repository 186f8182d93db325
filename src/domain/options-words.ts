import type { Job } from './account.ts';
import type { Language } from './language.ts';
import { type ExportOptions, FLAGS, type Flag, SECTIONS, type Section } from './options.ts';
import { catalogue } from './phrases/catalogue.ts';
import de from './phrases/de/options.json' with { type: 'json' };
import en from './phrases/en/options.json' with { type: 'json' };
import es from './phrases/es/options.json' with { type: 'json' };
import fr from './phrases/fr/options.json' with { type: 'json' };
import hi from './phrases/hi/options.json' with { type: 'json' };
import pt from './phrases/pt/options.json' with { type: 'json' };
import { sayBytes, sayDate, sayDays, sayList } from './words.ts';

const phrase = catalogue({ en, de, es, fr, pt, hi });

/** A thing that is known about a ticket: what it is called, and how it is. `at` is the time in it, ISO 8601, if it has one. */
export type Fact = { label: string; value: string; at?: string };

/** As the desk calls them. */
export const SECTION_WORDS = {
  data: en['section.data'],
  attachments: en['section.attachments'],
  cvs: en['section.cvs'],
} as const satisfies Record<Section, string>;

/** As the forms of the desk call them. */
export const FLAG_WORDS = {
  encrypted: 'ZIPs with a password (made by Waybill; mailed without the links)',
  oneCopy: 'One copy of each file, with applications.csv',
  ndjson: 'Data files also as NDJSON',
} as const satisfies Record<Flag, string>;

const MAX_JOBS_SAID = 5;

/**
 * What a ticket asks for, in plain words. `jobs` gives the titles; a job that is not in it is said by its id. Without a
 * language it is for the desk.
 */
export function optionFacts(
  options: ExportOptions,
  jobs: readonly Job[],
  language: Language = 'en',
): Fact[] {
  const size = sayBytes(options.partSizeBytes, language);
  const extras = sayExtras(language, options);
  return [
    { label: phrase(language, 'content'), value: saySections(language, options.sections) },
    { label: phrase(language, 'jobs'), value: sayJobs(language, options.jobs, jobs) },
    { label: phrase(language, 'dates'), value: sayRange(language, options.from, options.to) },
    { label: phrase(language, 'partSize'), value: phrase(language, 'upTo', { size }) },
    { label: phrase(language, 'window'), value: sayDays(options.windowDays, language) },
    ...(extras.length > 0 ? [{ label: phrase(language, 'extras'), value: extras.join('; ') }] : []),
  ];
}

const FLAG_PHRASES = { oneCopy: 'once', encrypted: 'password', ndjson: 'ndjson' } as const;

/** What is asked for beyond content and limits, each in a few words. */
export function sayExtras(language: Language, options: ExportOptions): string[] {
  return FLAGS.filter((flag) => options[flag]).map((flag) => phrase(language, FLAG_PHRASES[flag]));
}

export function saySections(language: Language, sections: readonly Section[]): string {
  const wanted = SECTIONS.filter((section) => sections.includes(section));
  return sayList(
    wanted.map((section) => phrase(language, `section.${section}`)),
    language,
  );
}

export function sayJobs(
  language: Language,
  wanted: readonly string[] | null,
  jobs: readonly Job[],
): string {
  if (!wanted) return phrase(language, 'allJobs');
  const titles = wanted.map((id) => jobs.find((job) => job.id === id)?.title ?? id);
  if (titles.length <= MAX_JOBS_SAID) return sayList(titles, language);
  const count = titles.length - MAX_JOBS_SAID + 1;
  return phrase(language, 'moreJobs', {
    jobs: titles.slice(0, MAX_JOBS_SAID - 1).join(', '),
    count,
  });
}

export function sayRange(language: Language, from: string | null, to: string | null): string {
  const said = {
    from: from ? sayDate(from, language) : '',
    to: to ? sayDate(to, language) : '',
  };
  if (from && to) return phrase(language, 'fromTo', said);
  if (from) return phrase(language, 'fromOn', said);
  return to ? phrase(language, 'until', said) : phrase(language, 'allDates');
}
