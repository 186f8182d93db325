import { delayed, delayedForDesk } from '../domain/phrases/reminders.ts';
import { BEFORE_DELIVERY, isDelayed } from '../domain/reminder.ts';
import { amend, type Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';
import { mailToRequester, toCustomer, toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'clock'>;

/** Tells customers, once for each promise, that it will not be kept, and alarms the desk. Returns how many. */
export async function delayDue(deps: Needs): Promise<number> {
  const now = deps.clock.now();
  return deps.tickets
    .list({ statuses: BEFORE_DELIVERY })
    .filter((ticket) => isDelayed(now, ticket) && tell(deps, ticket, now)).length;
}

function tell(deps: Needs, ticket: Ticket, now: Date): boolean {
  const { promisedAt } = ticket;
  if (!promisedAt) return false;
  const step = amend(
    ticket,
    'delay',
    { now, actor: 'clock', detail: { promisedAt: promisedAt.toISOString() } },
    { delayToldAt: now },
  );
  const done = deps.tickets.commit(
    {
      ticket: step,
      history: [step.entry],
      outbox: [
        toCustomer(ticket, delayed(ticket.language, ticket, promisedAt, now)),
        mailToRequester('delayed', ticket),
        toDesk('alarm', delayedForDesk(ticket, promisedAt)),
      ],
    },
    now,
  );
  return done.ok;
}
