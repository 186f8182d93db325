import type { Coverage } from '../coverage.ts';
import type { Amount } from '../content.ts';
import { POLICY } from '../policy.ts';
import type { Need } from '../desk-queue.ts';
import { NEED_WORDS } from '../desk-queue.ts';
import { statusWords, type Ticket } from '../ticket.ts';
import { sayBytes, sayCount, sayDay, sayDuration } from '../words.ts';
import { sayMoment } from './delivery.ts';

/** What is said when time passes. Each function is one message. */

type Numbered = Pick<Ticket, 'number'>;

/** For example `12 of 57 files, 31.2 GB`. */
function sayLeft({ files, bytes }: Coverage): string {
  const left = files.total - files.done;
  return `${left.toLocaleString('en-GB')} of ${sayCount(files.total, 'file')}, ${sayBytes(bytes.total - bytes.done)}`;
}

/** @param coverage what was downloaded; null when nobody can tell */
export function warning(
  ticket: Numbered,
  expiresAt: Date,
  now: Date,
  coverage: Coverage | null,
): string {
  const time = sayDuration(expiresAt.getTime() - now.getTime());
  const left = coverage
    ? `Not downloaded yet: ${sayLeft(coverage)}.`
    : 'If you have downloaded everything, you need not do anything.';
  return `The links of your export (request ${ticket.number}) work for ${time} more, until ${sayMoment(expiresAt)}. ${left} If you need more time, just write "I need more time".`;
}

export function thanks(ticket: Numbered, coverage: Coverage): string {
  return `You have downloaded everything of your export (request ${ticket.number}): ${sayCount(coverage.files.total, 'file')}, ${sayBytes(coverage.bytes.total)}. Thank you! If a file does not open, write here.`;
}

export function expired(ticket: Numbered, purgeAt: Date): string {
  return `The download time of your export (request ${ticket.number}) is over, and its links have stopped working. We keep the files until ${sayMoment(purgeAt)}: if you still need them, write "I need more time" before then and the same links work again.`;
}

export function purged(ticket: Numbered, deleted: Amount): string {
  return `As promised, the files of your export (request ${ticket.number}) are deleted: ${sayCount(deleted.count, 'file')}, ${sayBytes(deleted.bytes)}. Nothing of them is left with us outside of your account. If you need an export again, just ask.`;
}

export function purgedForDesk(deleted: Amount): string {
  return `Deleted: ${sayCount(deleted.count, 'file')}, ${sayBytes(deleted.bytes)}.`;
}

export function delayed(ticket: Numbered, promisedAt: Date, now: Date): string {
  const what = promisedAt > now ? 'it will probably take longer' : 'it is not ready yet';
  return `I promised your export (request ${ticket.number}) by ${sayDay(promisedAt)}, but ${what}. I am sorry. Our team has been told and is on it, and I post the links here as soon as they are ready.`;
}

export function delayedForDesk(ticket: Pick<Ticket, 'status'>, promisedAt: Date): string {
  return `Promised by ${sayMoment(promisedAt)} and still ${statusWords(ticket.status)}. The customer was told that it will be late.`;
}

export function nudge(need: Need, now: Date): string {
  const since = sayDuration(now.getTime() - need.since.getTime());
  return `Still open after ${since}: ${NEED_WORDS[need.what]}.`;
}

/** The reason of a request that ended by time, as the customer reads it. */
export function lapseReason(ticket: Pick<Ticket, 'status'>): string {
  switch (ticket.status) {
    case 'collecting':
      return `We had no answer from you for ${sayCount(POLICY.collectingDays, 'day')}.`;
    case 'on_hold':
      return `It was on hold for ${sayCount(POLICY.onHoldDays, 'day')}.`;
    case 'awaiting_approval':
      return `We did not manage to decide on it within ${sayCount(POLICY.awaitingDays, 'day')}.`;
    case 'failed':
      return `We did not manage to build it within ${sayCount(POLICY.failedDays, 'day')}.`;
    default:
      return `It made no progress for ${sayCount(POLICY.buildingDays, 'day')}.`;
  }
}

/** To the customer, when a request ended by time. */
export function lapsed(ticket: Pick<Ticket, 'number' | 'status'>): string {
  const reason = lapseReason(ticket);
  switch (ticket.status) {
    case 'collecting':
      return `I have closed your request ${ticket.number}. ${reason} If you still want the export, just ask me again.`;
    case 'on_hold':
      return `I have closed your request ${ticket.number}. ${reason} Once everything is settled, just ask me again.`;
    case 'awaiting_approval':
    case 'failed':
      return `I am sorry: I have to close your request ${ticket.number}. ${reason} That is our fault, not yours. Please ask me again, or write "talk to a human" to reach our team.`;
    default:
      return `I am sorry: preparing your export (request ${ticket.number}) has got stuck. Our team has been told and looks into it; you need not do anything.`;
  }
}

export function lapsedForDesk(ticket: Pick<Ticket, 'status'>, fails: boolean): string {
  const was = statusWords(ticket.status);
  return fails
    ? `Nothing moved for ${sayCount(POLICY.buildingDays, 'day')} while ${was}; the ticket has failed. Build again, or cancel it.`
    : `Closed by itself: its time as ${was} was over. The customer was told.`;
}

export function cannotDelete(error: string): string {
  return `The files of this export could not be deleted: ${error} Waybill tries again every hour; check the export store.`;
}
