import { reasonBy } from '../domain/phrases/life.ts';
import { lapsed, lapsedForDesk } from '../domain/phrases/reminders.ts';
import { wayOut } from '../domain/retention.ts';
import { act, STATUSES, type Ticket, TRANSITIONS } from '../domain/ticket.ts';
import { stopAwaiting } from './click.ts';
import type { Deps } from './deps.ts';
import { toCustomer, toDesk } from './outgoing.ts';
import { stopBuild } from './stop-build.ts';

type Needs = Pick<Deps, 'tickets' | 'exports' | 'queue' | 'clock' | 'log'>;

const CAN_LAPSE = STATUSES.filter((status) => 'lapse' in TRANSITIONS[status]);

/** Closes what has waited too long, with a word to the customer. Returns how many. */
export async function lapseDue(deps: Needs): Promise<number> {
  const now = deps.clock.now();
  let lapsedNow = 0;
  for (const ticket of deps.tickets.list({ statuses: CAN_LAPSE })) {
    const way = wayOut(ticket, progressAt(deps, ticket));
    if (way?.action !== 'lapse' || way.at > now) continue;
    if (!lapse(deps, ticket, now)) continue;
    lapsedNow += 1;
    await stopBuild(deps, ticket, 'failed');
  }
  return lapsedNow;
}

function progressAt(deps: Needs, { status, exportId }: Ticket): Date | null {
  if (status !== 'building' || exportId === null) return null;
  return deps.exports.find(exportId)?.progressAt ?? null;
}

function lapse(deps: Needs, ticket: Ticket, now: Date): boolean {
  const step = act(
    ticket,
    'lapse',
    { now, actor: 'clock' },
    reasonBy({ what: 'lapsed', status: ticket.status }),
  );
  const fails = step.after.status === 'failed';
  const done = deps.tickets.commit(
    {
      ticket: step,
      history: [step.entry],
      outbox: [
        toCustomer(ticket, lapsed(ticket.language, ticket)),
        toDesk(fails ? 'alarm' : 'info', lapsedForDesk(ticket, fails)),
      ],
      ...stopAwaiting(deps, ticket),
    },
    now,
  );
  return done.ok;
}
