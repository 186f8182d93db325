import { say } from '../../domain/message.ts';
import { DEFAULT_OPTIONS } from '../../domain/options.ts';
import { optionFacts } from '../../domain/options-words.ts';
import { passOnChoices } from '../../domain/phrases/choices.ts';
import {
  backAgain,
  cannotPassOn,
  handedOver,
  passOnToPerson,
  thanksForAnswer,
} from '../../domain/phrases/person.ts';
import { sayWish } from '../../domain/special-wish.ts';
import { amend, statusWords, type Ticket } from '../../domain/ticket.ts';
import type { Deps } from '../deps.ts';
import { toDesk } from '../outgoing.ts';
import { newTicketFor } from './new-ticket.ts';
import { answer, type Reply } from './reply.ts';
import { actorOf, standingOf, type Turn } from './turn.ts';

/** What the desk reads of a message; the whole of it stands in the thread. */
const MAX_QUOTED_CHARACTERS = 1_000;

/**
 * Gives the thread to a human: the bot says what happens next and stays silent until it is called back. The desk works
 * with tickets, so one is opened where there is none; nothing is exported without the yes to a summary.
 */
export function handOver(turn: Turn, why = 'The customer wants to talk to a person.'): Reply {
  const notice = toDesk('action', [why, ...summaryForDesk(turn)].join(' '));
  const reply = answer(handedOver(turn.language), [], {
    outbox: [notice],
    conversation: { humanSince: turn.now },
  });
  const said = { at: turn.now, actor: actorOf(turn), detail: { text: quoted(turn) } };
  const asked = { ...said, event: 'human_asked' };
  if (turn.ticket) return { ...reply, about: turn.ticket.number, history: [asked] };
  const standing = standingOf(turn, turn.conversation.accountId ?? '') ?? turn.standings[0];
  if (!standing) return answer(cannotPassOn(turn.language));
  return {
    ...reply,
    open: { ...newTicketFor(turn, standing, DEFAULT_OPTIONS), status: 'collecting' },
    history: [{ ...said, event: 'open', detail: {} }, asked],
  };
}

/** What a human has to know who takes over: the request as it is, and what was written last. */
function summaryForDesk(turn: Turn): string[] {
  const { ticket, special, missed } = turn;
  const words = [...missed, quoted(turn)].map((said) => `"${said}"`).join(', then ');
  if (!ticket) return [`The last words: ${words}`];
  const jobs = standingOf(turn, ticket.accountId)?.jobs ?? [];
  const facts = optionFacts(ticket.options, jobs).map(({ label, value }) => `${label}: ${value}`);
  const wishes = special.map((wish) => sayWish(wish));
  return [
    `The request is ${statusWords(ticket.status)} (${[...facts, ...wishes].join('; ')}).`,
    `The last words: ${words}`,
  ];
}

/** After several messages that made no sense: a human takes over, or is offered when there is no request yet. */
export function giveUp(turn: Turn, misses: number): Reply {
  if (turn.ticket) return handOver(turn, 'Waybill did not understand the customer, twice.');
  return answer(passOnToPerson(turn.language), passOnChoices(turn.language), {
    conversation: { misses, awaiting: { what: 'human' } },
  });
}

/** While a human has the thread, the bot only passes on what is written. */
export function passOn(turn: Turn): Reply {
  const { awaiting, misses } = turn.conversation;
  const told = turn.ticket ? [toDesk('info', `The customer writes: ${quoted(turn)}`)] : [];
  return answer('', [], {
    ...noted(turn, 'message'),
    outbox: told,
    conversation: { awaiting, misses },
  });
}

/** The answer to a question of the desk; the ticket stays as it is. */
export function passOnAnswer(turn: Turn, ticket: Ticket): Reply {
  const text = quoted(turn);
  const { entry } = amend(ticket, 'answer', {
    now: turn.now,
    actor: actorOf(turn),
    detail: { answer: text },
  });
  return answer(thanksForAnswer(turn.language), [], {
    about: ticket.number,
    history: [entry],
    outbox: [toDesk('action', `The customer answers: ${text}`)],
  });
}

/** Tells the desk of a wish that only a human can fulfil, beside the answer. */
export function withNotice(turn: Turn, reply: Reply, text: string): Reply {
  if (!turn.ticket) return reply;
  const notice = toDesk('action', `${text} In their words: ${quoted(turn)}`);
  return { ...reply, about: turn.ticket.number, outbox: [...reply.outbox, notice] };
}

function noted(turn: Turn, event: string): Pick<Reply, 'about' | 'history'> {
  const { ticket, now } = turn;
  if (!ticket) return { about: null, history: [] };
  const detail = { text: quoted(turn) };
  return { about: ticket.number, history: [{ at: now, actor: actorOf(turn), event, detail }] };
}

function quoted(turn: Turn): string {
  const files = turn.inbound.files.map((name) => `[file: ${name}]`).join(' ');
  const words = [turn.text, files].filter((part) => part !== '').join(' ');
  return words.slice(0, MAX_QUOTED_CHARACTERS) || '(nothing that could be read)';
}

/**
 * Gives a thread back from a human to the bot, which says so.
 * @returns false when the bot had it already
 */
export function callBack(
  deps: Pick<Deps, 'tickets' | 'clock'>,
  thread: string,
  agent: string,
): boolean {
  const conversation = deps.tickets.conversation(thread);
  if (!conversation?.humanSince) return false;
  const now = deps.clock.now();
  const language = conversation.language ?? 'en';
  const [ticket] = deps.tickets.list({ thread });
  const entry = { at: now, actor: `desk:${agent}`, event: 'call_back', detail: {} };
  const done = deps.tickets.commit(
    {
      ...(ticket && { about: ticket.number, history: [entry] }),
      outbox: [{ to: 'thread', thread, message: say(backAgain(language), [], language) }],
      conversation: { ...conversation, humanSince: null, misses: 0 },
    },
    now,
  );
  return done.ok;
}
