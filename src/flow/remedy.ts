import { isWindowOpen } from '../domain/download-window.ts';
import type { MissingFile } from '../domain/plan.ts';
import { fetchableOf, type Lacking, lackingOf, supplementId } from '../domain/supplement.ts';
import { amend, type Ticket } from '../domain/ticket.ts';
import { sayCount } from '../domain/words.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import { byDesk, clickedTicket, commitClick, refuse } from './click.ts';
import type { Deps } from './deps.ts';
import { toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'exports' | 'supplements' | 'clock'>;

/**
 * Begins a supplement: a small export of what the delivered one lacks and may be found again. What was approved stays
 * as it is, and so do the links that the customer has.
 */
export function remedy(deps: Needs, click: Click): Clicked {
  const now = deps.clock.now();
  const found = clickedTicket(deps, click, 'remedy', (ticket) => hasOpenLinks(ticket, now));
  if (!found.ok) return found;
  const { ticket } = found;
  const exportId = ticket.exportId ?? '';
  const supplements = deps.supplements.of(exportId);
  if (supplements.some(({ status }) => status === 'planning' || status === 'building')) {
    return refuse('What was missing is being built already.');
  }
  const count = stillLacking(deps, exportId).length;
  if (count === 0) return refuse('Nothing is missing that could be found again.');
  const id = supplementId(exportId, supplements.length + 1);
  const detail = { exportId: id, files: count };
  const done = commitClick(
    deps,
    amend(ticket, 'remedy', byDesk(click, now, detail)),
    [
      toDesk(
        'info',
        `${click.agent} has what was missing built: ${sayCount(count, 'entry', 'entries')}.`,
      ),
    ],
    now,
  );
  if (done.ok) deps.exports.start({ id, ticketNumber: ticket.number }, now);
  return done;
}

function hasOpenLinks(ticket: Ticket, now: Date): boolean {
  const { status, exportId } = ticket;
  return status === 'delivered' && exportId !== null && isWindowOpen(ticket, exportId, now);
}

/** What the delivered export of a ticket has and lacks; what its supplements brought is no longer to be fetched. */
export function lackingNow(
  deps: Pick<Deps, 'exports' | 'supplements'>,
  { exportId, status }: Pick<Ticket, 'exportId' | 'status'>,
): Lacking | null {
  if (!exportId || status !== 'delivered') return null;
  const lacking = lackingOf(deps.exports.receipts(exportId));
  return { ...lacking, fetchable: stillLacking(deps, exportId).length };
}

/** What an export and its last supplement do not have, and the account may. */
export function stillLacking(
  deps: Pick<Deps, 'exports' | 'supplements'>,
  exportId: string,
): MissingFile[] {
  const last = deps.supplements.of(exportId).findLast(({ status }) => status === 'finished');
  return fetchableOf(deps.exports.receipts(last?.id ?? exportId));
}
