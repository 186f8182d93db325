import type { Ticket } from '../ticket.ts';
import { sayDay } from '../words.ts';

/** To the customer, when building stopped with an error. */
export function buildFailed(ticket: Pick<Ticket, 'number' | 'promisedAt'>): string {
  const promise = ticket.promisedAt
    ? ` We still aim to have it ready by ${sayDay(ticket.promisedAt)}; if that changes, I tell you here.`
    : '';
  return `Something went wrong while we were preparing your export (request ${ticket.number}). Our team has been told and is on it; you need not do anything, and what is finished already is kept.${promise}`;
}
