import { sayEstimate } from '../../domain/card.ts';
import { checksOf } from '../../domain/checks.ts';
import type { Outgoing } from '../../domain/message.ts';
import {
  confirmed,
  confirmedForAnother,
  confirmedOnHold,
  declined,
  mustBePaid,
} from '../../domain/phrases/conversation.ts';
import { reasonBy } from '../../domain/phrases/life.ts';
import { promiseFor } from '../../domain/promise.ts';
import { type SpecialWish, sayWish } from '../../domain/special-wish.ts';
import { act, amend, canDo, type Estimate, type Ticket } from '../../domain/ticket.ts';
import { mailTo, toDesk } from '../outgoing.ts';
import { pastRetention } from './identify.ts';
import { answer, type Reply, stepped } from './reply.ts';
import { actorOf, type Standing, type Turn } from './turn.ts';

/** The explicit yes to a summary: the ticket goes to the desk, or waits for the invoices with the yes noted. */
export function confirm(turn: Turn, standing: Standing, ticket: Ticket): Reply {
  const past = pastRetention(turn, standing);
  if (past) return past;
  const { now, language } = turn;
  const actor = actorOf(turn);
  const facts = {
    checks: checksFor(turn, standing, ticket),
    estimate: estimateFor(turn, ticket),
    confirmedAt: now,
  };
  if (standing.invoices.length > 0) {
    const step =
      ticket.status === 'on_hold'
        ? amend(ticket, 'confirm', { now, actor }, facts)
        : act(ticket, 'hold', { now, actor: 'bot' }, facts);
    const said = amend(step.after, 'confirm', { now, actor });
    const paid = ticket.status === 'on_hold' ? [] : [mustBePaid(language, standing.invoices)];
    return answer('', [], {
      ticket: { before: ticket, after: step.after },
      history: ticket.status === 'on_hold' ? [step.entry] : [said.entry, step.entry],
      texts: [confirmedOnHold(language, ticket), ...paid],
      outbox: [
        ...tellAdmins(standing, ticket),
        toDesk('info', `${standing.person.name} said yes; the ticket waits for the invoices.`),
      ],
    });
  }
  const promisedAt = promiseFor(ticket.options, now).latestAt;
  const step = act(ticket, 'confirm', { now, actor }, { ...facts, promisedAt });
  const text =
    ticket.thread === turn.inbound.thread
      ? confirmed(language, ticket, promisedAt)
      : confirmedForAnother(language, ticket, ticket.requester.name, promisedAt);
  return answer(text, [], {
    ...stepped(step),
    outbox: [
      ...tellAdmins(standing, ticket),
      toDesk('action', decisionNeeded(standing.person.name, step.after, turn.special)),
    ],
  });
}

/** Every admin and authorised contact, the requester among them, learns that an export was asked for and can stop it. */
export function tellAdmins(standing: Standing, ticket: Ticket): Outgoing[] {
  return standing.admins.map((person) => mailTo('requested', ticket, person));
}

function decisionNeeded(name: string, ticket: Ticket, special: readonly SpecialWish[]): string {
  const size = ticket.estimate ? ` About ${sayEstimate(ticket.estimate)}.` : '';
  const wishes =
    special.length > 0
      ? ` Asked specially: ${special.map((wish) => sayWish(wish)).join('; ')}.`
      : '';
  return `${name} asks for an export of ${ticket.accountName}.${size}${wishes} Please approve or reject it.`;
}

function checksFor(turn: Turn, standing: Standing, ticket: Ticket) {
  const { account, person, invoices } = standing;
  const earlier = turn.tickets.filter(
    (one) => one.accountId === account.id && one.number !== ticket.number,
  );
  return checksOf({ person, account, invoices, earlier, now: turn.now });
}

/** The estimate, when it was made for the very options that are confirmed. */
export function estimateFor(turn: Turn, ticket: Ticket): Estimate | null {
  const { prepared } = turn;
  const same =
    prepared?.accountId === ticket.accountId &&
    JSON.stringify(prepared.options) === JSON.stringify(ticket.options);
  return same ? (prepared?.estimate ?? null) : null;
}

/** No to the summary. */
export function decline(turn: Turn, ticket: Ticket): Reply {
  const text = declined(turn.language);
  if (!canDo(ticket, 'cancel')) return answer(text);
  const by = { now: turn.now, actor: actorOf(turn) };
  return answer(text, [], stepped(act(ticket, 'cancel', by, reasonBy({ what: 'declined' }))));
}
