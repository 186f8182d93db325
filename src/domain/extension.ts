import { addHours } from 'date-fns/addHours';
import { max } from 'date-fns/max';
import { POLICY } from './policy.ts';
import { act, type HistoryEntry, type Ticket } from './ticket.ts';

const MAX_HOURS = POLICY.maxWindowDays * 24;

/** Who grants an extension: the policy, at the customer's wish; the pace of a download; or somebody at the desk. */
export type Grantor = { kind: 'policy' | 'pace' | 'desk'; actor: string };

/** The hours that can be asked for, in whole hours; null when it is no length of time. */
export function extensionHours(hours: number): number | null {
  const whole = Math.ceil(hours);
  return Number.isFinite(whole) && whole >= 1 ? Math.min(whole, MAX_HOURS) : null;
}

/** True when the customer gets so many hours at once: the first time, up to POLICY.selfServiceExtensionHours. */
export function isSelfService(ticket: Ticket, hours: number): boolean {
  return ticket.selfServiceExtensions === 0 && hours <= POLICY.selfServiceExtensionHours;
}

/**
 * A ticket whose links work longer. The new end counts from the old one, or from now when that has passed; the links
 * stay the same, and an expired ticket comes back to life.
 * @throws IllegalTransition when the links were never delivered or are purged.
 * @throws RangeError when the hours are not a whole number from 1 to POLICY.maxWindowDays.
 */
export function grantExtension(
  ticket: Ticket,
  hours: number,
  by: Grantor,
  now: Date,
): { before: Ticket; after: Ticket & { expiresAt: Date }; entry: HistoryEntry } {
  if (!Number.isInteger(hours) || hours < 1 || hours > MAX_HOURS) {
    throw new RangeError(
      `An extension can be from 1 to ${MAX_HOURS} hours; choose a number between these.`,
    );
  }
  const expiresAt = addHours(max([now, ticket.expiresAt ?? now]), hours);
  const detail = { hours, expiresAt: expiresAt.toISOString() };
  const step = act(
    ticket,
    'extend',
    { now, actor: by.actor, detail },
    {
      expiresAt,
      warnedHours: null,
      extensionAskedHours: null,
      selfServiceExtensions: ticket.selfServiceExtensions + (by.kind === 'policy' ? 1 : 0),
    },
  );
  return { ...step, after: { ...step.after, expiresAt } };
}
