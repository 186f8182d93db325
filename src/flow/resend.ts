import { isWindowOpen } from '../domain/download-window.ts';
import { resent } from '../domain/phrases/life.ts';
import { amend, type Ticket } from '../domain/ticket.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import { byDesk, clickedTicket, commitClick, refuse } from './click.ts';
import type { Deps } from './deps.ts';
import { mailToRequester, toDesk } from './outgoing.ts';

/** Posts the links CSV in the thread once more, while its links work. */
export async function resend(
  deps: Pick<Deps, 'tickets' | 'clock'>,
  click: Click,
): Promise<Clicked> {
  const found = clickedTicket(deps, click, 'resend', ({ status }) => status === 'delivered');
  if (!found.ok) return found;
  const { ticket } = found;
  const now = deps.clock.now();
  if (!linksWork(ticket, now)) {
    return refuse('The links have ended; extend them first, then the same CSV works again.');
  }
  const message = {
    text: resent(ticket.language, ticket),
    choices: [],
    attachment: { kind: 'links_csv', ticketNumber: ticket.number },
  } as const;
  return commitClick(
    deps,
    amend(ticket, 'resend', byDesk(click, now)),
    [
      { to: 'thread', thread: ticket.thread, message: { ...message, choices: [] } },
      // By its own way, as with the delivery.
      ...(ticket.options.encrypted ? [mailToRequester('password', ticket)] : []),
      toDesk('info', `Links CSV sent again by ${click.agent}.`),
    ],
    now,
  );
}

function linksWork(ticket: Ticket, now: Date): boolean {
  return ticket.exportId !== null && isWindowOpen(ticket, ticket.exportId, now);
}
