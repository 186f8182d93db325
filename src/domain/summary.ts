import type { Account, Invoice, Job } from './account.ts';
import { optionFacts } from './options-words.ts';
import { type ExportOptions, SECTIONS, type Section } from './options.ts';
import { keptUntil, mustBePaid } from './phrases/conversation.ts';
import { POLICY } from './policy.ts';
import { promiseFor } from './promise.ts';
import { retainedUntil } from './retention.ts';
import { sayName } from './say-name.ts';
import { sayBytes, sayCount, sayDay } from './words.ts';

/** What each section holds, as a customer would say it. */
export const SECTION_CONTENT = {
  data: 'Data files: ten CSV files with your candidates, companies, contacts, jobs, pipelines, tasks, folders, users, the list of attachments and the audit log',
  attachments: 'Attachments: the files that were added to candidates, jobs and notes',
  cvs: 'Internal CVs: the resumes that your team uploaded; a resume appears under each job its candidate applied to',
} as const satisfies Record<Section, string>;

/** What a customer says yes to. */
export type Summary = {
  account: Account;
  options: ExportOptions;
  jobs: readonly Job[];
  /** Wishes that the desk decides about. */
  special: readonly string[];
  invoices: readonly Invoice[];
  now: Date;
};

/** The summary of a request, with the question at its end: what, how long, until when, what was asked specially. */
export function summaryOf(summary: Summary): string {
  const { account, options, special, invoices, now } = summary;
  const until = retainedUntil(account);
  return [
    ...(invoices.length > 0 ? [mustBePaid(invoices), ''] : []),
    `This is what I ask our team to prepare for ${sayName(account.name)}:`,
    ...options.sections.map((section) => `• ${SECTION_CONTENT[section]}`),
    ...limits(summary),
    `• In ZIP files of up to ${sayBytes(options.partSizeBytes)} each`,
    ...special.map((words) => `• Asked specially, for our team to decide: ${words}`),
    '',
    sayPromise(options, now, invoices.length > 0),
    `The download links then work for ${sayCount(options.windowDays, 'day')}.`,
    ...(until ? [keptUntil(until)] : []),
    '',
    invoices.length > 0
      ? 'You can confirm it already. Is that what you want?'
      : 'Shall I go ahead?',
  ].join('\n');
}

/** Jobs and dates, where they are limited. */
function limits({ options, jobs }: Summary): string[] {
  const facts = optionFacts(options, jobs);
  const value = (label: string) => facts.find((fact) => fact.label === label)?.value ?? '';
  return [
    ...(options.jobs ? [`• Only these jobs: ${value('Jobs')}`] : []),
    ...(options.from || options.to ? [`• Only these dates: ${value('Dates')}`] : []),
  ];
}

/** For example `It usually takes 3 to 7 business days, and is ready by Friday, 5 December 2025 at the latest.` */
export function sayPromise(options: ExportOptions, now: Date, held = false): string {
  const { custom, from, to, latestAt } = promiseFor(options, now);
  const days = custom
    ? `2 to 3 weeks (${from} to ${to} business days), because it is made to your wishes`
    : `${from} to ${to} business days`;
  if (held) return `Once the invoices are paid, it usually takes ${days}.`;
  return `It usually takes ${days}; you have it by ${sayDay(latestAt)} at the latest.`;
}

/** How long exports take, for those who have not asked for one. */
export function sayUsualTimes(): string {
  const { standardBusinessDays: standard, customBusinessDays: custom } = POLICY;
  return `A full export usually takes ${standard.from} to ${standard.to} business days. One that is limited to certain jobs, dates or kinds of data takes 2 to 3 weeks (${custom.from} to ${custom.to} business days).`;
}

/** What a change of mind set, as it is now: `only internal CVs`, `ZIP files of up to 1.0 GB`. */
export function sayChanges(
  touched: readonly (keyof ExportOptions)[],
  options: ExportOptions,
  jobs: readonly Job[],
): string[] {
  const facts = optionFacts(options, jobs);
  const value = (label: string) => facts.find((fact) => fact.label === label)?.value ?? '';
  const words: Partial<Record<keyof ExportOptions, string>> = {
    sections: options.sections.length < SECTIONS.length ? `only ${value('Content')}` : 'everything',
    jobs: options.jobs
      ? `only the ${options.jobs.length === 1 ? 'job' : 'jobs'} ${value('Jobs')}`
      : 'all jobs',
    from: options.from || options.to ? `dates ${value('Dates')}` : 'all dates',
    partSizeBytes: `ZIP files of up to ${sayBytes(options.partSizeBytes)}`,
  };
  return touched.flatMap((name) => words[name] ?? []);
}
