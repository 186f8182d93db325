import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Job } from '../../../domain/account.ts';
import {
  type ExportOptions,
  FLAGS,
  type Flag,
  parseSize,
  partSizeProblem,
  SECTIONS,
} from '../../../domain/options.ts';
import { optionsProblem } from '../../../domain/options-problem.ts';
import { SECTION_WORDS } from '../../../domain/options-words.ts';
import { sayName } from '../../../domain/say-name.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { sayBytes, sayCount } from '../../../domain/words.ts';
import { fitOptions, LIMITS, option } from '../limits.ts';
import { type Answers, answerOf, answersOf, form, input, radio, textInput } from './form.ts';
import { JOBS_MENU } from './ids.ts';

/** The options of a ticket as a form. @param jobs those of the account, for the titles; empty when not at hand */
export function optionsForm(ticket: Ticket, jobs: readonly Job[]): types.ModalView {
  const { sections, jobs: chosen, from, to, partSizeBytes, windowDays } = ticket.options;
  const sectionOptions = SECTIONS.map((section) => option(SECTION_WORDS[section], section));
  const flagOptions = FLAGS.map((flag) => option(FLAG_SHORT[flag], flag));
  const flagsNow = flagOptions.filter((_, index) => ticket.options[FLAGS[index] ?? 'ndjson']);
  const keeps = chosen !== null && chosen.length > LIMITS.options;
  const title = (id: string) => jobs.find((job) => job.id === id)?.title ?? id;
  const initial = keeps ? [] : (chosen ?? []).map((id) => jobOption({ id, title: title(id) }));
  return form(
    'change_options',
    { title: `Options of ticket ${ticket.number}`, submit: 'Change options' },
    ticket,
    [
      input(
        { block: 'sections', label: 'Content' },
        {
          type: 'checkboxes',
          action_id: 'sections',
          options: sectionOptions,
          initial_options: sectionOptions.filter(({ value }) =>
            sections.some((section) => section === value),
          ),
        },
      ),
      input(
        { block: 'flags', label: 'Also', optional: true },
        {
          type: 'checkboxes',
          action_id: 'flags',
          options: flagOptions,
          ...(flagsNow.length > 0 && { initial_options: flagsNow }),
        },
      ),
      radio(
        { block: 'which', label: 'Jobs' },
        [
          { text: 'All jobs', value: 'all' },
          ...(keeps
            ? [{ text: `The ${sayCount(chosen.length, 'job')} of now`, value: 'keep' }]
            : []),
          { text: 'Only the jobs below', value: 'some' },
        ],
        chosen === null ? 'all' : keeps ? 'keep' : 'some',
      ),
      input(
        { block: JOBS_MENU, label: 'Only these jobs', hint: 'Type to search.', optional: true },
        {
          type: 'multi_external_select',
          action_id: JOBS_MENU,
          min_query_length: 0,
          max_selected_items: LIMITS.options,
          ...(initial.length > 0 && { initial_options: initial }),
        },
      ),
      dateInput('from', 'From', from),
      dateInput('to', 'Up to', to),
      textInput(
        { block: 'size', label: 'Size of a ZIP', hint: 'For example 2GB or 500 MB.' },
        { initial: sizeText(partSizeBytes), max: 20 },
      ),
      textInput(
        { block: 'window', label: 'Links work for so many days' },
        { initial: String(windowDays), max: 3 },
      ),
    ],
  );
}

/** The jobs that a menu offers for what was typed, at most as many as it takes. */
export function jobOptions(jobs: readonly Job[], typed: string): types.PlainTextOption[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = jobs.filter(({ id, title }) => {
    const text = `${title} ${id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return fitOptions(fitting).map(jobOption);
}

/** Slack takes 75 characters. */
const FLAG_SHORT = {
  encrypted: 'ZIPs with a password, mailed apart from the links',
  oneCopy: 'One copy of each file, with applications.csv',
  ndjson: 'Data files also as NDJSON',
} as const satisfies Record<Flag, string>;

type Read = { ok: true; options: ExportOptions } | { ok: false; errors: Record<string, string> };

/** The form as options, or what is wrong with it by field. */
export function readOptions(answers: Answers, ticket: Ticket, jobs: readonly Job[]): Read {
  const sections = SECTIONS.filter((one) => answersOf(answers, 'sections').includes(one));
  const which = answerOf(answers, 'which') ?? 'all';
  const picked = answersOf(answers, JOBS_MENU);
  const known = new Map(jobs.map(({ id }) => [jobKey(id), id]));
  const chosen = picked.map((key) => known.get(key) ?? key);
  const { encrypted: _, oneCopy: __, ndjson: ___, ...kept } = ticket.options;
  const flags = FLAGS.filter((flag) => answersOf(answers, 'flags').includes(flag));
  const options: ExportOptions = {
    ...kept,
    ...Object.fromEntries(flags.map((flag) => [flag, true])),
    sections,
    jobs: which === 'all' ? null : which === 'keep' ? ticket.options.jobs : chosen,
    from: answerOf(answers, 'from'),
    to: answerOf(answers, 'to'),
    partSizeBytes: parseSize(answerOf(answers, 'size') ?? '') ?? Number.NaN,
    windowDays: wholeNumber(answerOf(answers, 'window')),
  };
  const problem = optionsProblem(options, jobs);
  return problem === null
    ? { ok: true, options }
    : { ok: false, errors: { [fieldOf(options)]: problem } };
}

/** The field that the problem is about, in the order in which the domain looks. */
function fieldOf({ sections, jobs, partSizeBytes, from, to, windowDays }: ExportOptions): string {
  const fine = { sections: [...SECTIONS], jobs: null, from: null, to: null };
  const rest = { partSizeBytes: 2_000_000_000, windowDays: 1 };
  if (sections.length === 0) return 'sections';
  if (jobs?.length === 0) return JOBS_MENU;
  if (optionsProblem({ ...fine, ...rest, from, to }, [])) return 'from';
  if (partSizeProblem(partSizeBytes)) return 'size';
  return optionsProblem({ ...fine, ...rest, windowDays }, []) ? 'window' : JOBS_MENU;
}

function dateInput(block: string, label: string, initial: string | null): types.InputBlock {
  return input(
    { block, label, optional: true },
    { type: 'datepicker', action_id: block, ...(initial && { initial_date: initial }) },
  );
}

function jobOption({ id, title }: Job): types.PlainTextOption {
  return option(sayName(title), jobKey(id));
}

/** An id that is too long for a menu's value is named by its hash. */
function jobKey(id: string): string {
  const fits = id.length >= 1 && id.length <= LIMITS.optionValue;
  return fits ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

/** In words where these say it exactly. */
function sizeText(bytes: number): string {
  const words = sayBytes(bytes);
  return parseSize(words) === bytes ? words : String(bytes);
}

function wholeNumber(text: string | null): number {
  return /^\s*\d+\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
}
