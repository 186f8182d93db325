import type { HistoryEntry, Ticket } from './ticket.ts';
import { sayBytes, sayCount, sayDay, sayDuration } from './words.ts';

/** What a week was like at the desk. Medians are null when there was nothing to be counted. */
export type Digest = {
  from: Date;
  to: Date;
  opened: number;
  delivered: number;
  deliveredBytes: number;
  rejected: number;
  cancelled: number;
  /** Tickets whose build failed in the week, with the reason that was last given. */
  failures: { number: number; accountName: string; reason: string }[];
  /** From the customer's yes to the links. */
  medianDeliveryMs: number | null;
  /** From the customer's yes to the approval. */
  medianWaitMs: number | null;
  longestWaitMs: number | null;
  /** How many wait for a decision at the end of the week. */
  waiting: number;
};

export type DigestInput = { ticket: Ticket; history: readonly HistoryEntry[] };

const MAX_FAILURES_SAID = 5;

/** Counts what happened from `from` on, up to `to`, which is no longer part of it. */
export function digestOf(all: readonly DigestInput[], from: Date, to: Date): Digest {
  const within = (at: Date) => at >= from && at < to;
  const events = all.flatMap(({ ticket, history }) =>
    history.filter(({ at }) => within(at)).map((entry) => ({ ticket, history, entry })),
  );
  const of = (event: string) => events.filter(({ entry }) => entry.event === event);
  const delivered = of('deliver');
  const waits = of('approve').flatMap(sinceConfirmed);
  return {
    from,
    to,
    opened: all.filter(({ ticket }) => within(ticket.createdAt)).length,
    delivered: delivered.length,
    deliveredBytes: delivered.reduce((sum, { ticket }) => sum + (ticket.estimate?.bytes ?? 0), 0),
    rejected: of('reject').length,
    cancelled: of('cancel').length,
    failures: failuresIn(of('fail')),
    medianDeliveryMs: median(delivered.flatMap(sinceConfirmed)),
    medianWaitMs: median(waits),
    longestWaitMs: waits.length > 0 ? Math.max(...waits) : null,
    waiting: all.filter(({ ticket }) => ticket.status === 'awaiting_approval').length,
  };
}

/** The digest as the desk reads it. */
export function digestText(digest: Digest): string {
  const { from, opened, delivered, deliveredBytes, failures, waiting } = digest;
  const said = (ms: number | null) => (ms === null ? 'none' : sayDuration(ms));
  return [
    `The week from ${sayDay(from)}`,
    `• Data dumps asked for: ${opened}; delivered: ${delivered}${delivered > 0 ? `, about ${sayBytes(deliveredBytes)}` : ''}; rejected: ${digest.rejected}; cancelled: ${digest.cancelled}`,
    `• From the customer's yes to the links, in the median: ${said(digest.medianDeliveryMs)}`,
    `• Waiting for a decision, in the median: ${said(digest.medianWaitMs)}; the longest: ${said(digest.longestWaitMs)}`,
    `• Builds that failed: ${failures.length}${failures.length > 0 ? ` (${sayFailures(failures)})` : ''}`,
    `• ${sayCount(waiting, 'request')} ${waiting === 1 ? 'waits' : 'wait'} for a decision now`,
  ].join('\n');
}

function sinceConfirmed({ history, entry }: DigestInput & { entry: HistoryEntry }): number[] {
  const begun = history.findLast(
    ({ event, at }) => (event === 'confirm' || event === 'rebuild') && at <= entry.at,
  );
  return begun ? [entry.at.getTime() - begun.at.getTime()] : [];
}

function failuresIn(failed: (DigestInput & { entry: HistoryEntry })[]): Digest['failures'] {
  const last = new Map(failed.map((one) => [one.ticket.number, one]));
  return [...last.values()].map(({ ticket, entry }) => ({
    number: ticket.number,
    accountName: ticket.accountName,
    reason: String(entry.detail.reason ?? ticket.reason ?? 'no reason given').replaceAll('_', ' '),
  }));
}

function sayFailures(failures: Digest['failures']): string {
  const some = failures
    .slice(0, MAX_FAILURES_SAID)
    .map(({ number, reason }) => `ticket ${number}: ${reason.replace(/\.$/, '')}`);
  const more = failures.length - some.length;
  return [...some, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
