import { z } from 'zod';
import type { DeskGroup } from '../../../domain/desk-queue.ts';
import { SECTIONS, partSizeProblem } from '../../../domain/options.ts';
import { POLICY } from '../../../domain/policy.ts';
import { Refusal } from './refusal.ts';

const MAX_EXTENSION_HOURS = POLICY.maxWindowDays * 24;
const MAX_ROWS = 5_000;

const line = (what: string, max: number) =>
  z
    .string(`${what} is missing.`)
    .trim()
    .min(1, `${what} is missing.`)
    .max(max, `${what} is too long; use at most ${max} characters.`);

const isoDate = z.iso.date('A date has to look like 2026-03-31.').nullable();

const Version = z.number('The version of the ticket is missing; load the page again.').int();

export const SignIn = z.object({
  token: z.string().max(500),
  name: line('Your name', 80).regex(/^\P{Cc}+$/u, 'Your name has characters that cannot be kept.'),
});

export const Click = z.object({ version: Version });

export const Reason = Click.extend({ reason: line('The reason', 1_000) });

export const Question = Click.extend({ question: line('The question', 2_000) });

export const Extension = Click.extend({
  hours: z
    .number('Say for how many hours.')
    .int('Use whole hours.')
    .min(1, 'Extend by at least one hour.')
    .max(MAX_EXTENSION_HOURS, `Extend by at most ${POLICY.maxWindowDays} days at once.`),
});

export const Options = Click.extend({
  options: z
    .object({
      sections: z
        .array(z.enum(SECTIONS))
        .min(1, 'Choose at least one kind of content.')
        .transform((chosen) => SECTIONS.filter((section) => chosen.includes(section))),
      jobs: z
        .array(z.string().min(1).max(200))
        .min(1, 'Choose at least one job, or all of them.')
        .max(10_000)
        .transform((ids) => [...new Set(ids)])
        .nullable(),
      from: isoDate,
      to: isoDate,
      partSizeBytes: z.number('The size of a ZIP is missing.').superRefine((bytes, check) => {
        const problem = partSizeProblem(bytes);
        if (problem) check.addIssue({ code: 'custom', message: problem });
      }),
      windowDays: z
        .number('Say for how many days the links work.')
        .int('Use whole days for the links.')
        .min(1, 'Links work for at least one day.')
        .max(POLICY.maxWindowDays, `Links work for at most ${POLICY.maxWindowDays} days.`),
    })
    .refine(({ from, to }) => !from || !to || from <= to, {
      message: 'The first date has to be before the last one.',
    }),
});

export const Text = z.object({ text: line('The message', 10_000) });

export const Jump = z.object({
  hours: z
    .number()
    .positive('The clock only goes forward.')
    .max(24 * 60),
});

export const TicketNumber = z.object({ number: z.coerce.number().int().positive() });

export const RowId = z.object({ id: z.coerce.number().int().positive() });

const rows = z.coerce.number().int().min(1).max(MAX_ROWS).optional();

const Rows = z.object({
  decide: rows,
  on_hold: rows,
  building: rows,
  delivered: rows,
  asking: rows,
  over: rows,
} satisfies Record<DeskGroup, typeof rows>);

/** `q` is searched for; a group's name says how many of its rows are wanted. */
export const List = Rows.extend({ q: z.string().max(200).default('') });

/**
 * What came in, checked.
 * @throws Refusal with the first problem as its sentence
 */
export function read<T extends z.ZodType>(shape: T, input: unknown): z.output<T> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const ours = issue && /\.$/.test(issue.message) ? issue.message : null;
  throw new Refusal(400, ours ?? 'This request cannot be understood; load the page again.');
}
