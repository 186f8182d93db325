import { addDays } from 'date-fns/addDays';
import { differenceInHours } from 'date-fns/differenceInHours';
import { grantExtension } from '../domain/extension.ts';
import { extended, extensionRefused } from '../domain/phrases/life.ts';
import { POLICY } from '../domain/policy.ts';
import { amend, canDo, type Ticket } from '../domain/ticket.ts';
import { sayTime } from '../domain/words.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import {
  byDesk,
  clickedTicket,
  commitClick,
  MAX_TEXT_CHARACTERS,
  refuse,
  sayEntry,
  stopAwaiting,
} from './click.ts';
import type { Deps } from './deps.ts';
import { mailToRequester, toCustomer, toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'clock'>;

const DECISIONS = ['extend', 'refuse_extension'];

/** Gives the links so many hours more, also after they have ended; 0 refuses the extension that was asked for. */
export async function extend(
  deps: Needs,
  click: Click,
  hours: number,
  reason = '',
): Promise<Clicked> {
  const found = clickedTicket(deps, click, DECISIONS, (ticket) => canDo(ticket, 'extend'));
  if (!found.ok) return found;
  const { ticket } = found;
  if (hours === 0) return refuseExtension(deps, ticket, click, reason.trim());
  const now = deps.clock.now();
  const room = hoursLeftToGive(ticket, now);
  if (!Number.isInteger(hours) || hours < 1 || hours > room) {
    return refuse(
      room < 1
        ? `The links work as long as is allowed already, ${POLICY.maxWindowDays} days from now.`
        : `Choose a whole number of hours from 1 to ${room}; links work at most ${POLICY.maxWindowDays} days from now.`,
    );
  }
  const step = grantExtension(ticket, hours, { kind: 'desk', actor: `desk:${click.agent}` }, now);
  const until = step.after.expiresAt;
  return commitClick(
    deps,
    step,
    [
      toCustomer(ticket, extended(ticket.language, ticket, until)),
      mailToRequester('extended', ticket),
      toDesk('info', `Extended by ${click.agent}: the links work until ${sayTime(until)}.`),
    ],
    now,
    stopAwaiting(deps, ticket, 'extension'),
  );
}

/** How far the end can be moved before the window is longer than POLICY.maxWindowDays from now. */
function hoursLeftToGive({ expiresAt }: Ticket, now: Date): number {
  const from = expiresAt && expiresAt > now ? expiresAt : now;
  return differenceInHours(addDays(now, POLICY.maxWindowDays), from);
}

function refuseExtension(deps: Needs, ticket: Ticket, click: Click, reason: string): Clicked {
  if (reason.length > MAX_TEXT_CHARACTERS) {
    return refuse(
      `Write a reason of up to ${MAX_TEXT_CHARACTERS} characters; the customer reads it.`,
    );
  }
  if (ticket.extensionAskedHours === null) {
    const first = deps.tickets
      .history(ticket.number)
      .findLast(({ event }) => DECISIONS.includes(event));
    const how = first ? `: ${sayEntry(first)}` : '';
    return refuse(`Nothing was changed, because nobody is asking for an extension${how}.`);
  }
  const now = deps.clock.now();
  const detail = { hours: ticket.extensionAskedHours, ...(reason && { reason }) };
  return commitClick(
    deps,
    amend(ticket, 'refuse_extension', byDesk(click, now, detail), { extensionAskedHours: null }),
    [
      toCustomer(ticket, extensionRefused(ticket.language, ticket, now, reason)),
      toDesk('info', `Extension refused by ${click.agent}${reason ? `: ${reason}` : '.'}`),
    ],
    now,
  );
}
