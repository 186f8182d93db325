import { amend, type LegalHold } from '../domain/ticket.ts';
import { sayTime } from '../domain/words.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import { byDesk, clickedTicket, commitClick, MAX_TEXT_CHARACTERS, refuse } from './click.ts';
import type { Deps } from './deps.ts';
import { toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'clock'>;

/** Orders that nothing of a ticket is deleted until somebody lifts it. The customer is told nothing. */
export async function holdBack(deps: Needs, click: Click, reason: string): Promise<Clicked> {
  const why = reason.trim();
  if (!why || why.length > MAX_TEXT_CHARACTERS) {
    return refuse(`Write why nothing may be deleted, in up to ${MAX_TEXT_CHARACTERS} characters.`);
  }
  const found = clickedTicket(deps, click, 'legal_hold', ({ purgedAt }) => purgedAt === null);
  if (!found.ok) return found;
  const { ticket } = found;
  if (ticket.legalHold) return refuse(`Nothing was changed. ${sayHold(ticket.legalHold)}`);
  const now = deps.clock.now();
  const legalHold = { by: click.agent, at: now.toISOString(), reason: why };
  return commitClick(
    deps,
    amend(ticket, 'legal_hold', byDesk(click, now, { reason: why }), { legalHold }),
    [toDesk('info', `Legal hold by ${click.agent}: nothing is deleted. ${why}`)],
    now,
  );
}

/** Lets the rules delete again. */
export async function liftHold(deps: Needs, click: Click): Promise<Clicked> {
  const found = clickedTicket(
    deps,
    click,
    'legal_hold_lifted',
    ({ legalHold }) => legalHold !== null,
  );
  if (!found.ok) return found;
  const now = deps.clock.now();
  return commitClick(
    deps,
    amend(found.ticket, 'legal_hold_lifted', byDesk(click, now), { legalHold: null }),
    [
      toDesk(
        'info',
        `Legal hold lifted by ${click.agent}: the files are deleted when their time is over.`,
      ),
    ],
    now,
  );
}

/** Who set it, when and why, and what to do. */
export function sayHold({ by, at, reason }: LegalHold): string {
  return `There is a legal hold, set by ${by} on ${sayTime(new Date(at))}: ${reason} Lift it first if it is over.`;
}
