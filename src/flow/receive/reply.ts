import type { Conversation } from '../../domain/conversation.ts';
import type { AttachmentRef, Choice, Outgoing } from '../../domain/message.ts';
import type { HistoryEntry, NewTicket, Step, Ticket } from '../../domain/ticket.ts';
import type { Change } from '../../ports/tickets.ts';
import { toCustomer } from '../outgoing.ts';
import type { Turn } from './turn.ts';

/** The answer to a message, with what it changes. */
export type Reply = {
  /** Paragraphs; none when the bot stays silent. */
  texts: string[];
  choices: Choice[];
  attachment: AttachmentRef | null;
  ticket: { before: Ticket; after: Ticket } | null;
  open: NewTicket | null;
  /** Number of the ticket that history and messages belong to, when none is opened or changed. */
  about: number | null;
  /** An access to the platform that is asked for. */
  grant: Change['grant'] | null;
  history: HistoryEntry[];
  /** What goes to others: desk, mails, other threads. */
  outbox: Outgoing[];
  conversation: Partial<Conversation>;
  /** The summary of the ticket that is opened was shown, so a yes to it may follow. */
  showsSummary: boolean;
  /** The build is stopped and the links die, once the change is stored. */
  stopsExport: boolean;
};

/** An answer in words, which forgets what the bot had waited for. */
export function answer(text: string, choices: Choice[] = [], more: Partial<Reply> = {}): Reply {
  return {
    texts: text === '' ? [] : [text],
    choices,
    attachment: null,
    ticket: null,
    open: null,
    about: null,
    grant: null,
    history: [],
    outbox: [],
    showsSummary: false,
    stopsExport: false,
    ...more,
    conversation: { awaiting: null, misses: 0, ...more.conversation },
  };
}

/** What an answer stores when something happened to a ticket. */
export function stepped(step: Step): Pick<Reply, 'ticket' | 'history'> {
  return { ticket: { before: step.before, after: step.after }, history: [step.entry] };
}

/**
 * Several answers as one, in their order. The one that changes something or asks something decides; of others that
 * change something nothing is stored, so nothing is said. A question comes last, but for a summary, which is brought
 * to mind at the end.
 */
export function combine(replies: readonly Reply[]): Reply {
  const main = replies.find(changesState) ?? replies.find(asksSomething) ?? replies[0];
  if (!main) throw new Error('There is nothing to be combined.');
  const others = replies.filter((reply) => reply !== main && !changesState(reply));
  const inOrder = replies.filter((reply) => reply === main || others.includes(reply));
  const all = asksSomething(main) && !main.showsSummary ? [...others, main] : inOrder;
  return {
    ...main,
    texts: [...new Set(all.flatMap(({ texts }) => texts))],
    choices: main.choices.length > 0 ? main.choices : (others.at(-1)?.choices ?? []),
    attachment: all.find(({ attachment }) => attachment)?.attachment ?? null,
    about: all.find(({ about }) => about !== null)?.about ?? null,
    history: all.flatMap(({ history }) => history),
    outbox: all.flatMap(({ outbox }) => outbox),
  };
}

function changesState(reply: Reply): boolean {
  return reply.ticket !== null || reply.open !== null || reply.grant !== null;
}

function asksSomething({ conversation }: Reply): boolean {
  return Boolean(conversation.awaiting) || Boolean(conversation.humanSince);
}

/** The change that stores an answer, its messages and what the bot remembers, all at once. */
export function changeOf(turn: Turn, reply: Reply): Change {
  const hasTicket = reply.ticket !== null || reply.open !== null || reply.about !== null;
  // The desk shows a talk without a ticket by itself; a notice belongs to a ticket.
  const outbox = reply.outbox.filter(({ to }) => hasTicket || to !== 'desk');
  if (reply.texts.length > 0) {
    outbox.unshift({
      to: 'thread',
      thread: turn.inbound.thread,
      message: {
        text: reply.texts.join('\n\n'),
        choices: reply.choices,
        attachment: reply.attachment,
        language: turn.language,
      },
    });
  }
  const moved = inLanguage(turn, reply.ticket ?? unmoved(turn, reply));
  const elsewhere = moved && moved.after.thread !== turn.inbound.thread ? moved.after : null;
  if (elsewhere && reply.texts[0] && moved && moved.before.status !== moved.after.status) {
    outbox.push(toCustomer(elsewhere, reply.texts[0]));
  }
  return {
    ...(moved && { ticket: moved }),
    ...(reply.open && { open: reply.open }),
    ...(reply.about !== null && { about: reply.about }),
    ...(reply.grant && { grant: reply.grant }),
    history: reply.history,
    outbox,
    conversation: { ...turn.conversation, ...reply.conversation },
    inboundId: turn.inbound.id,
  };
}

/** A ticket to which nothing happens, when its requester has begun to write in another language. */
function unmoved({ ticket, inbound, language }: Turn, { open }: Reply): Reply['ticket'] {
  const isOwn = ticket?.thread === inbound.thread;
  if (!ticket || open || !isOwn || ticket.language === language) return null;
  return { before: ticket, after: ticket };
}

/** What comes later, by mail or by the clock, is in the language of the requester's last message. */
function inLanguage({ inbound, language }: Turn, moved: Reply['ticket']): Reply['ticket'] {
  if (moved?.after.thread !== inbound.thread) return moved;
  return { ...moved, after: { ...moved.after, language } };
}
