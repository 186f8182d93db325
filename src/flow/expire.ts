import { expired } from '../domain/phrases/reminders.ts';
import { purgeDueAt } from '../domain/retention.ts';
import { act, type Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';
import { mailToRequester, toCustomer, toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'clock'>;

/** Ends the download windows that are over. Returns how many. */
export async function expireDue(deps: Needs): Promise<number> {
  const now = deps.clock.now();
  const due = deps.tickets
    .list({ statuses: ['delivered'] })
    .filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
  return due.filter((ticket) => expire(deps, ticket, now)).length;
}

function expire(deps: Needs, ticket: Ticket, now: Date): boolean {
  const step = act(ticket, 'expire', { now, actor: 'clock' });
  const text = expired(ticket.language, ticket, purgeDueAt(ticket));
  const done = deps.tickets.commit(
    {
      ticket: step,
      history: [step.entry],
      outbox: [
        toCustomer(ticket, text),
        mailToRequester('expired', ticket),
        toDesk('info', 'The links have ended.'),
      ],
    },
    now,
  );
  return done.ok;
}
