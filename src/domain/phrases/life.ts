import type { Invoice } from '../account.ts';
import type { Fact } from '../options-words.ts';
import { sayName } from '../say-name.ts';
import type { Ticket } from '../ticket.ts';
import { sayCount, sayDay } from '../words.ts';
import { sayInvoice } from './conversation.ts';
import { sayMoment } from './delivery.ts';

/** What customers and the desk are told after a decision. Each function is one message. */

type Numbered = Pick<Ticket, 'number'>;

export function approved(ticket: Pick<Ticket, 'number' | 'promisedAt'>): string {
  const day = ticket.promisedAt ? ` You will have it by ${sayDay(ticket.promisedAt)}.` : '';
  return `Good news: your export (request ${ticket.number}) is approved and is being prepared.${day} I post the links here as soon as it is ready; you need not do anything.`;
}

export function rejected(ticket: Numbered, reason: string): string {
  return `I am sorry, we cannot do this export (request ${ticket.number}).\nThe reason: ${reason}\nIf something about it is unclear, just write here.`;
}

export function heldAgain(ticket: Numbered, invoices: readonly Invoice[]): string {
  const which = invoices.length === 1 ? 'there is an open invoice' : 'there are open invoices';
  return [
    `Before we can go on with your export (request ${ticket.number}), ${which} to be paid:`,
    ...invoices.map((invoice) => `• ${sayInvoice(invoice)}`),
    'As soon as the payment has arrived, your request goes on by itself.',
  ].join('\n');
}

export function heldAgainForDesk(invoices: readonly Invoice[]): string {
  const open = sayCount(invoices.length, 'invoice');
  return `Not approved: ${open} of this account must be paid first (${invoices.map(sayInvoice).join('; ')}). The ticket is on hold, the customer was told, and it comes back by itself once they are paid.`;
}

export function cancelled(ticket: Numbered, reason: string, hadLinks: boolean): string {
  const links = hadLinks ? ' The download links no longer work, and the files are deleted.' : '';
  return `Your export (request ${ticket.number}) was cancelled.${links}\nThe reason: ${reason}\nIf you need it after all, just ask me again.`;
}

export function stopReason(name: string): string {
  return `${sayName(name)}, an admin of your account, stopped it.`;
}

export function question(ticket: Numbered, text: string): string {
  return `Our support team has a question about your export (request ${ticket.number}):\n${text}\nPlease answer here.`;
}

export function optionsChanged(
  ticket: Pick<Ticket, 'number' | 'promisedAt'>,
  facts: readonly Fact[],
): string {
  return [
    `Our support team has changed what your export (request ${ticket.number}) will be:`,
    ...facts.map(({ label, value }) => `• ${label}: ${value}`),
    ...(ticket.promisedAt ? [`You will have it by ${sayDay(ticket.promisedAt)}.`] : []),
    'If that is not what you want, just write here.',
  ].join('\n');
}

export function extended(ticket: Numbered, expiresAt: Date): string {
  return `You have more time: the links of your export (request ${ticket.number}) work until ${sayMoment(expiresAt)}. They are the same links, so the CSV that you have goes on working.`;
}

export function extensionRefused(
  ticket: Pick<Ticket, 'number' | 'expiresAt'>,
  now: Date,
  reason = '',
): string {
  const { expiresAt, number } = ticket;
  const still = expiresAt && expiresAt > now ? `until ${sayMoment(expiresAt)}` : null;
  const end = still
    ? `The links go on working ${still}.`
    : 'The links have ended, but you can ask for a new export at any time.';
  const why = reason ? `\nThe reason: ${reason}\n` : ' ';
  return `Thank you for your patience. I am sorry, we cannot give the links of your export (request ${number}) more time.${why}${end} If the download is the difficulty, write here and we help you with it.`;
}

export function triedAgain(ticket: Numbered): string {
  return `We are building your export (request ${ticket.number}) again, and I post the links here when it is ready. You need not do anything.`;
}

export function builtAgain(
  ticket: Pick<Ticket, 'number' | 'promisedAt'>,
  linksWork: boolean,
): string {
  const day = ticket.promisedAt ? ` by ${sayDay(ticket.promisedAt)}` : '';
  const links = linksWork ? ' Until then the links that you have go on working.' : '';
  return `We are building your export (request ${ticket.number}) anew, with the data as it is now. I post the new links here${day}.${links}`;
}

export function askedAgain(ticket: Numbered): string {
  return `We are looking into building your export (request ${ticket.number}) anew, because its files were deleted. I tell you here when it is approved.`;
}

export function resent(ticket: Pick<Ticket, 'number' | 'expiresAt'>): string {
  const until = ticket.expiresAt ? ` The links work until ${sayMoment(ticket.expiresAt)}.` : '';
  return `Here is the CSV with the download links of your export (request ${ticket.number}) once more.${until}`;
}

/** To the desk, when a message was set aside. */
export function unsent(to: 'thread' | 'mail', error: string): string {
  const what = to === 'thread' ? 'A message in the chat' : 'A mail';
  return `${what} could not be sent and was set aside: ${error} Remove the cause and send it again, or tell the customer yourself.`;
}

/** The reason of a cancellation for which the desk gave none. */
export function cancelledByDesk(): string {
  return 'Our support team cancelled it.';
}
