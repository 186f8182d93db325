import type { Account, Invoice, Job } from './account.ts';
import type { Language } from './language.ts';
import { type ExportOptions, FLAGS, SECTIONS, type Section } from './options.ts';
import { sayExtras, sayJobs, sayRange, saySections } from './options-words.ts';
import { catalogue } from './phrases/catalogue.ts';
import { keptUntil, mustBePaid } from './phrases/conversation.ts';
import de from './phrases/de/summary.json' with { type: 'json' };
import en from './phrases/en/summary.json' with { type: 'json' };
import es from './phrases/es/summary.json' with { type: 'json' };
import fr from './phrases/fr/summary.json' with { type: 'json' };
import hi from './phrases/hi/summary.json' with { type: 'json' };
import pt from './phrases/pt/summary.json' with { type: 'json' };
import { POLICY } from './policy.ts';
import { promiseFor } from './promise.ts';
import { retainedUntil } from './retention.ts';
import { sayName } from './say-name.ts';
import { type SpecialWish, sayWish } from './special-wish.ts';
import { sayBytes, sayDay, sayDays } from './words.ts';

const phrase = catalogue({ en, de, es, fr, pt, hi });

/** What a customer says yes to. */
export type Summary = {
  account: Account;
  options: ExportOptions;
  jobs: readonly Job[];
  /** Wishes that the desk decides about. */
  special: readonly SpecialWish[];
  invoices: readonly Invoice[];
  now: Date;
};

/** The summary of a request, with the question at its end: what, how long, until when, what was asked specially. */
export function summaryOf(language: Language, summary: Summary): string {
  const { account, options, special, invoices, now } = summary;
  const held = invoices.length > 0;
  const until = retainedUntil(account);
  return [
    ...(held ? [mustBePaid(language, invoices), ''] : []),
    phrase(language, 'intro', { account: sayName(account.name) }),
    ...options.sections.map((section) => `• ${sectionContent(language, section)}`),
    ...limits(language, summary),
    `• ${phrase(language, 'partSize', { size: sayBytes(options.partSizeBytes, language) })}`,
    ...sayExtras(language, options).map((extra) => `• ${extra}`),
    ...special.map((one) => `• ${phrase(language, 'special', { wish: sayWish(one, language) })}`),
    '',
    sayPromise(language, options, now, held),
    phrase(language, 'window', { days: sayDays(options.windowDays, language) }),
    ...(until ? [keptUntil(language, until)] : []),
    '',
    phrase(language, held ? 'confirmHeld' : 'confirm'),
  ].join('\n');
}

/** What a section holds, as a customer would say it. */
export function sectionContent(language: Language, section: Section): string {
  return phrase(language, `section.${section}`);
}

/** Jobs and dates, where they are limited. */
function limits(language: Language, { options, jobs }: Summary): string[] {
  const { from, to } = options;
  const titles = sayJobs(language, options.jobs, jobs);
  const dates = sayRange(language, from, to);
  return [
    ...(options.jobs ? [`• ${phrase(language, 'onlyJobs', { jobs: titles })}`] : []),
    ...(from || to ? [`• ${phrase(language, 'onlyDates', { dates })}`] : []),
  ];
}

/** For example `It usually takes 3 to 7 business days; you have it by Friday, 5 December 2025 at the latest.` */
export function sayPromise(
  language: Language,
  options: ExportOptions,
  now: Date,
  held = false,
): string {
  const { custom, from, to, latestAt } = promiseFor(options, now);
  const days = phrase(language, custom ? 'customDays' : 'days', { from, to });
  if (held) return phrase(language, 'promiseHeld', { days });
  return phrase(language, 'promise', { days, day: sayDay(latestAt, language) });
}

/** How long exports take, for those who have not asked for one. */
export function sayUsualTimes(language: Language): string {
  const { standardBusinessDays: standard, customBusinessDays: custom } = POLICY;
  const { from, to } = standard;
  return phrase(language, 'usualTimes', { from, to, customFrom: custom.from, customTo: custom.to });
}

/** What a change of mind set, as it is now: `only internal CVs`, `ZIP files of up to 1.0 GB`. */
export function sayChanges(
  language: Language,
  touched: readonly (keyof ExportOptions)[],
  options: ExportOptions,
  jobs: readonly Job[],
): string[] {
  const { from, to, partSizeBytes } = options;
  const sections = saySections(language, options.sections);
  const titles = sayJobs(language, options.jobs, jobs);
  const dates = sayRange(language, from, to);
  const words: Partial<Record<keyof ExportOptions, string>> = {
    sections:
      options.sections.length < SECTIONS.length
        ? phrase(language, 'change.only', { sections })
        : phrase(language, 'change.everything'),
    jobs: options.jobs
      ? phrase(language, 'change.jobs', { jobs: titles, count: options.jobs.length })
      : phrase(language, 'change.allJobs'),
    from: phrase(language, from || to ? 'change.dates' : 'change.allDates', { dates }),
    partSizeBytes: phrase(language, 'change.partSize', { size: sayBytes(partSizeBytes, language) }),
  };
  const extras = FLAGS.some((flag) => touched.includes(flag)) ? sayExtras(language, options) : [];
  return [...touched.flatMap((name) => words[name] ?? []), ...extras];
}
