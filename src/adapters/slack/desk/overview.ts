import { compareNeeds, isLate, NEED_WORDS, type Need, needOf } from '../../../domain/desk-queue.ts';
import { GRANT_STATUS_WORDS, OPEN_GRANT_STATUSES } from '../../../domain/grant.ts';
import { sayName } from '../../../domain/say-name.ts';
import { statusWords, type Ticket } from '../../../domain/ticket.ts';
import { sayDuration, sayTime } from '../../../domain/words.ts';
import type { SlackDeskClickDeps } from './deps.ts';

/** A ticket in a list: its number, and one line about it; what is no ticket has no number. */
export type Line = { number: number | null; text: string };

/** What is going on, for Home and the command. A ticket may stand in several groups. */
export type Overview = { title: string; lines: Line[] }[];

type Waiting = { ticket: Ticket; need: Need };

const EXPIRES_TODAY_MS = 24 * 3_600_000;

/** What waits for somebody, the longest first; what is late of it; what is being built; what ends within a day. */
export function overview(
  deps: Pick<SlackDeskClickDeps, 'tickets' | 'exports' | 'grants' | 'clock'>,
): Overview {
  const now = deps.clock.now();
  const live = deps.tickets.list({
    statuses: [
      'collecting',
      'on_hold',
      'awaiting_approval',
      'approved',
      'building',
      'delivered',
      'expired',
      'failed',
    ],
  });
  const waiting = live
    .flatMap((ticket): Waiting[] => {
      const need = needFor(deps, ticket);
      return need ? [{ ticket, need }] : [];
    })
    .sort((a, b) => compareNeeds(a.need, b.need));
  const late = waiting.filter(({ need }) => isLate(need, now));
  const overdue = live.filter(
    ({ status, promisedAt }) =>
      (status === 'awaiting_approval' || status === 'approved' || status === 'building') &&
      promisedAt !== null &&
      promisedAt < now,
  );
  return [
    ...accessGroup(deps, now),
    {
      title: 'Waits for you',
      lines: waiting.map(({ ticket, need }) => line(ticket, since(need, now))),
    },
    {
      title: 'Late',
      lines: [
        ...late.map(({ ticket, need }) => line(ticket, since(need, now))),
        ...overdue.map((ticket) => line(ticket, `was promised for ${saidTime(ticket.promisedAt)}`)),
      ],
    },
    {
      title: 'Being built',
      lines: live
        .filter(({ status }) => status === 'building' || status === 'approved')
        .map((ticket) => line(ticket, progressOf(deps, ticket))),
    },
    {
      title: 'Links end within a day',
      lines: live
        .filter(({ status, expiresAt }) => status === 'delivered' && endsSoon(expiresAt, now))
        .map((ticket) => line(ticket, `until ${saidTime(ticket.expiresAt)}`)),
    },
  ];
}

/** Accesses to the platform that are not over; nothing while there are none. */
function accessGroup({ grants }: Pick<SlackDeskClickDeps, 'grants'>, now: Date): Overview {
  const open = grants.list({ statuses: OPEN_GRANT_STATUSES });
  if (open.length === 0) return [];
  const title = 'Temporary access';
  const lines = open.map(({ number, accountName, requester, status, statusChangedAt }) => ({
    number: null,
    text: `Access ${number}, ${sayName(accountName)}, ${sayName(requester.name || requester.email)}: ${GRANT_STATUS_WORDS[status]}, since ${sayDuration(now.getTime() - statusChangedAt.getTime())}`,
  }));
  return [{ title, lines }];
}

/** One line about a ticket: whose it is, and how it stands. */
export function line(ticket: Ticket, text: string): Line {
  const { number, accountName, requester } = ticket;
  return {
    number,
    text: `${sayName(accountName)}, ${sayName(requester.name || requester.email)}: ${text}`,
  };
}

/** How a ticket stands, in a few words. */
export function standing(
  deps: Pick<SlackDeskClickDeps, 'tickets' | 'exports' | 'clock'>,
  ticket: Ticket,
): string {
  const need = needFor(deps, ticket);
  return need ? since(need, deps.clock.now()) : statusWords(ticket.status);
}

function needFor({ tickets }: Pick<SlackDeskClickDeps, 'tickets'>, ticket: Ticket): Need | null {
  return needOf(ticket, {
    get conversation() {
      return tickets.conversation(ticket.thread);
    },
    get history() {
      return tickets.history(ticket.number);
    },
  });
}

function since({ what, since: at }: Need, now: Date): string {
  return `${NEED_WORDS[what]}, since ${sayDuration(now.getTime() - at.getTime())}`;
}

function endsSoon(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() - now.getTime() < EXPIRES_TODAY_MS;
}

function progressOf({ exports }: Pick<SlackDeskClickDeps, 'exports'>, ticket: Ticket): string {
  const progress = ticket.exportId ? exports.find(ticket.exportId)?.progress : null;
  return progress ? `${progress.parts.done} of ${progress.parts.total} parts` : 'begins';
}

function saidTime(at: Date | null): string {
  return at ? sayTime(at) : 'no time';
}
