import { addDays } from 'date-fns/addDays';
import { differenceInDays } from 'date-fns/differenceInDays';
import type { Account, Invoice, Person } from './account.ts';
import { sayInvoice } from './phrases/conversation.ts';
import { retainedUntil } from './retention.ts';
import type { Check, Ticket } from './ticket.ts';
import { sayCount, sayDay } from './words.ts';

/** Rights that are younger than this deserve a second look: a stolen account begins with a new admin. */
const NEW_RIGHTS_DAYS = 7;
/** An export so soon after another one is unusual. */
const RECENT_EXPORT_DAYS = 30;

/** What is known of a request when it is made. */
export type Facts = {
  person: Person;
  account: Account;
  invoices: readonly Invoice[];
  /** Other tickets of the account. */
  earlier: readonly Ticket[];
  now: Date;
};

/** The checks that the desk sees before it decides. */
export function checksOf(facts: Facts): Check[] {
  return [checkRequester(facts), checkInvoices(facts), checkAccount(facts), checkRecent(facts)];
}

function checkRequester({ person, now }: Facts): Check {
  const role = person.role === 'admin' ? 'an admin' : 'an authorised contact';
  const days = differenceInDays(now, new Date(person.addedAt));
  const since = `The requester is ${role} of the account since ${sayDay(new Date(person.addedAt))}`;
  const ok = days >= NEW_RIGHTS_DAYS;
  const recent = ok ? '' : `, for ${sayCount(Math.max(0, days), 'day')} only: ask another admin`;
  return { name: 'requester', ok, text: `${since}${recent}.` };
}

function checkInvoices({ invoices }: Facts): Check {
  const text =
    invoices.length === 0
      ? 'All invoices are paid.'
      : `${sayCount(invoices.length, 'invoice')} still to be paid: ${invoices.map((invoice) => sayInvoice('en', invoice)).join('; ')}.`;
  return { name: 'invoices', ok: invoices.length === 0, text };
}

function checkAccount({ account, now }: Facts): Check {
  const until = retainedUntil(account);
  if (!until) return { name: 'account', ok: true, text: 'The account is open.' };
  const ok = until > now;
  const text = ok
    ? `The account is closed; its data is kept until ${sayDay(until)}.`
    : `The account is closed, and its data was kept until ${sayDay(until)} only.`;
  return { name: 'account', ok, text };
}

function checkRecent({ earlier, now }: Facts): Check {
  const since = addDays(now, -RECENT_EXPORT_DAYS);
  const last = earlier.find(({ deliveredAt }) => deliveredAt !== null && deliveredAt > since);
  if (!last?.deliveredAt) {
    const text = `No other export in the last ${RECENT_EXPORT_DAYS} days.`;
    return { name: 'recent_exports', ok: true, text };
  }
  const text = `Ticket ${last.number} was delivered on ${sayDay(last.deliveredAt)}.`;
  return { name: 'recent_exports', ok: false, text };
}

/** True while the data of an account can be exported: POLICY.retentionDays after it was closed it may be gone. */
export function isWithinRetention(account: Account, now: Date): boolean {
  const until = retainedUntil(account);
  return until === null || until > now;
}
