import { z } from 'zod';
import type { DeskGroup } from '../../../domain/desk-queue.ts';
import { SECTIONS } from '../../../domain/options.ts';
import { POLICY } from '../../../domain/policy.ts';
import { Refusal } from './refusal.ts';

const MAX_EXTENSION_HOURS = POLICY.maxWindowDays * 24;
const MAX_ROWS = 5_000;
const MAX_JOBS = 10_000;

const line = (what: string, max: number) =>
  z
    .string(`${what} is missing.`)
    .trim()
    .min(1, `${what} is missing.`)
    .max(max, `${what} is too long; use at most ${max} characters.`);

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

export const AccessHours = Click.extend({ hours: z.number('Say for how many hours.') });

/** The shape alone; what may stand in it is the domain's to say. */
export const Options = Click.extend({
  options: z.object({
    sections: z.array(z.enum(SECTIONS)).max(SECTIONS.length),
    jobs: z.array(z.string().max(200)).max(MAX_JOBS).nullable(),
    from: z.string().max(20).nullable(),
    to: z.string().max(20).nullable(),
    partSizeBytes: z.number(),
    windowDays: z.number(),
    encrypted: z.literal(true).optional(),
    oneCopy: z.literal(true).optional(),
    ndjson: z.literal(true).optional(),
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

export const Thread = z.object({ thread: z.string().min(1).max(500) });

export const UploadId = z.object({ id: z.string().max(200) });

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
