import { addDays } from 'date-fns/addDays';
import { differenceInDays } from 'date-fns/differenceInDays';
import type { Account, Person } from './account.ts';
import type { Ticket } from './ticket.ts';
import { sayBytes, sayCount, sayDay } from './words.ts';

/** Above this an export deserves a second look before it is approved. */
const LARGE_BYTES = 100_000_000_000;
const RECENT_EXPORT_DAYS = 30;
/** An admin who is younger than this may be somebody who took an account over. */
const YOUNG_ADMIN_DAYS = 14;

/** What is known of a ticket at the moment of the approval. */
export type UnusualFacts = {
  /** null when the ATS does not know it. */
  account: Account | null;
  /** People with the requester's address. */
  people: readonly Person[];
  /** Other tickets of the account. */
  others: readonly Ticket[];
  now: Date;
};

/** What is unusual about a request, one sentence each; whoever approves it is asked once more when there is any. */
export function unusual(ticket: Ticket, facts: UnusualFacts): string[] {
  const sentences = [
    closedAccount(facts),
    recentExport(ticket, facts),
    largeExport(ticket),
    youngAdmin(ticket, facts),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

function closedAccount({ account }: UnusualFacts): string | null {
  if (account?.state !== 'closed') return null;
  const since = account.closedAt ? ` since ${sayDay(new Date(account.closedAt))}` : '';
  return `The account is closed${since}.`;
}

function recentExport(ticket: Ticket, { others, now }: UnusualFacts): string | null {
  const since = addDays(now, -RECENT_EXPORT_DAYS);
  const last = others.find(
    ({ number, deliveredAt }) =>
      number !== ticket.number && deliveredAt !== null && deliveredAt > since,
  );
  if (!last?.deliveredAt) return null;
  return `The account had another export in the last ${RECENT_EXPORT_DAYS} days: ticket ${last.number}, delivered on ${sayDay(last.deliveredAt)}.`;
}

function largeExport({ estimate }: Ticket): string | null {
  if (!estimate || estimate.bytes <= LARGE_BYTES) return null;
  return `The export is large: ${sayBytes(estimate.bytes)}.`;
}

function youngAdmin(ticket: Ticket, { people, now }: UnusualFacts): string | null {
  const person = people.find(({ accountId }) => accountId === ticket.accountId);
  if (!person) return null;
  const days = differenceInDays(now, new Date(person.addedAt));
  if (days >= YOUNG_ADMIN_DAYS) return null;
  const role = person.role === 'admin' ? 'admin' : 'authorised contact';
  return `The requester was added as ${role} only ${sayCount(Math.max(0, days), 'day')} ago.`;
}
