import { addDays } from 'date-fns/addDays';
import { addHours } from 'date-fns/addHours';
import { subHours } from 'date-fns/subHours';
import { POLICY } from './policy.ts';
import type { Status, Ticket } from './ticket.ts';

/** A promise is looked at when this little of it is left. */
const DELAY_NOTICE_HOURS = 12;

/**
 * The warning that is due now, as one of POLICY.warnHoursBeforeExpiry, or null. After a pause only the most urgent
 * one is given. One whose moment was before the window was set last would only repeat what was just said.
 * @param windowSetAt delivery, or the last extension
 */
export function warningDue(
  now: Date,
  ticket: Pick<Ticket, 'expiresAt' | 'warnedHours'>,
  windowSetAt: Date,
): number | null {
  const { expiresAt, warnedHours } = ticket;
  if (!expiresAt || expiresAt <= now) return null;
  const reached = POLICY.warnHoursBeforeExpiry.filter((hours) => subHours(expiresAt, hours) <= now);
  if (reached.length === 0) return null;
  const hours = Math.min(...reached);
  if (warnedHours !== null && warnedHours <= hours) return null;
  return subHours(expiresAt, hours) > windowSetAt ? hours : null;
}

/** True when the desk was not reminded of this ticket within the last day. */
export function nudgeAgain(now: Date, nudgedAt: Date | null): boolean {
  return nudgedAt === null || addDays(nudgedAt, 1) <= now;
}

/** Statuses in which a promise can still be broken. */
export const BEFORE_DELIVERY: readonly Status[] = [
  'awaiting_approval',
  'approved',
  'building',
  'failed',
];

/** True when the customer has to be told that the promise will not be kept; once for each promise. */
export function isDelayed(
  now: Date,
  ticket: Pick<Ticket, 'status' | 'promisedAt' | 'delayToldAt'>,
): boolean {
  if (!BEFORE_DELIVERY.includes(ticket.status)) return false;
  if (!ticket.promisedAt || ticket.delayToldAt) return false;
  return addHours(now, DELAY_NOTICE_HOURS) > ticket.promisedAt;
}
