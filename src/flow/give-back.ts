import { addMilliseconds } from 'date-fns/addMilliseconds';
import { nextTryAt } from '../domain/backoff.ts';
import { unsent } from '../domain/phrases/life.ts';
import { SendError } from '../domain/send-error.ts';
import type { OutboxRow } from '../ports/outbox.ts';
import type { Deps } from './deps.ts';
import { toDesk } from './outgoing.ts';

/** Puts a row that could not be sent back for a later try, or sets it aside and tells the desk. */
export function giveBack(
  deps: Pick<Deps, 'outbox' | 'tickets' | 'clock' | 'log'>,
  row: OutboxRow,
  error: unknown,
  chance: number,
): void {
  const now = deps.clock.now();
  if (error instanceof SendError && error.untried) {
    deps.outbox.putOff(row.id, addMilliseconds(now, (error.retryAfterSeconds ?? 0) * 1000));
    return;
  }
  const tries = row.attempts + 1;
  const problem =
    error instanceof SendError ? error : { retryAfterSeconds: null, permanent: false };
  const message = error instanceof Error ? error.message : String(error);
  const about = { row: row.id, ticket: row.ticketNumber, to: row.outgoing.to, tries };
  // Only the kind of the error: its message may hold an address.
  const kind = error instanceof Error ? error.name : typeof error;
  deps.log.debug({ ...about, message }, 'message not sent, because');
  const at = nextTryAt(now, tries, chance, problem);
  if (at) {
    deps.log.warn({ ...about, kind, at }, 'message not sent, will be tried again');
    deps.outbox.retryAt(row.id, at, message);
    return;
  }
  deps.log.error({ ...about, kind }, 'message set aside');
  deps.outbox.setAside(row.id, message);
  // A desk that cannot be told would be told about that for ever.
  if (row.outgoing.to === 'desk' || row.outgoing.to === 'access' || row.ticketNumber === null) {
    return;
  }
  deps.tickets.commit(
    { about: row.ticketNumber, outbox: [toDesk('alarm', unsent(row.outgoing.to, message))] },
    now,
  );
}
