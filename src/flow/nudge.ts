import { isLate, needOf } from '../domain/desk-queue.ts';
import { nudge } from '../domain/phrases/reminders.ts';
import { nudgeAgain } from '../domain/reminder.ts';
import { amend, FINAL_STATUSES, STATUSES, type Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';
import { toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'clock'>;

const NOT_OVER = STATUSES.filter((status) => !FINAL_STATUSES.includes(status));

/** Reminds the desk, once a day for each ticket, of what waits for it longer than POLICY allows. Returns how many. */
export async function nudgeDue(deps: Needs): Promise<number> {
  const now = deps.clock.now();
  return deps.tickets
    .list({ statuses: NOT_OVER })
    .filter((ticket) => nudgeAgain(now, ticket.nudgedAt) && nudgeDesk(deps, ticket, now)).length;
}

function nudgeDesk(deps: Needs, ticket: Ticket, now: Date): boolean {
  const need = needOf(ticket, {
    conversation: deps.tickets.conversation(ticket.thread),
    history: deps.tickets.history(ticket.number),
  });
  if (!need || !isLate(need, now)) return false;
  const step = amend(
    ticket,
    'nudge',
    { now, actor: 'clock', detail: { what: need.what } },
    { nudgedAt: now },
  );
  const done = deps.tickets.commit(
    { ticket: step, history: [step.entry], outbox: [toDesk('action', nudge(need, now))] },
    now,
  );
  return done.ok;
}
