import { sayOutgoing } from '../domain/outgoing-words.ts';
import type { SentAgain } from '../ports/desk.ts';
import type { Deps } from './deps.ts';
import { toDesk } from './outgoing.ts';

/** Puts a message that was set aside back into its lane, at the wish of somebody at the desk. */
export function sendAgain(
  deps: Pick<Deps, 'outbox' | 'tickets' | 'clock'>,
  id: number,
  agent: string,
): SentAgain {
  const row = deps.outbox.poisoned().find((one) => one.id === id);
  if (!row) return { ok: false, reason: 'Somebody has sent this message again already.' };
  deps.outbox.revive(id);
  if (row.ticketNumber === null) return { ok: true };
  const now = deps.clock.now();
  deps.tickets.commit(
    {
      about: row.ticketNumber,
      history: [
        {
          at: now,
          actor: `desk:${agent}`,
          event: 'send_again',
          detail: { what: sayOutgoing(row.outgoing) },
        },
      ],
      outbox: [toDesk('info', `${agent} had a message sent again that had been set aside.`)],
    },
    now,
  );
  return { ok: true };
}
