import type { Job } from '../../domain/account.ts';
import { chosenWishes } from '../../domain/chosen.ts';
import { isUnconfirmed } from '../../domain/conversation.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../domain/options.ts';
import { whereItStands } from '../../domain/phrases/answers.ts';
import { confirmChoices, jobChoices } from '../../domain/phrases/choices.ts';
import {
  joined,
  noSuchJob,
  partSizeProblem,
  passedOn,
  tooLateToChange,
} from '../../domain/phrases/conversation.ts';
import { wishDetail } from '../../domain/special-wish.ts';
import { summaryOf } from '../../domain/summary.ts';
import { type HistoryEntry, OPEN_STATUSES, type Ticket } from '../../domain/ticket.ts';
import { hasWishes, readWishes, type Wishes } from '../../domain/wishes.ts';
import { toDesk } from '../outgoing.ts';
import { applyWishes } from './change-options.ts';
import { accountFor, isStanding } from './identify.ts';
import { newTicketFor } from './new-ticket.ts';
import { answer, type Reply } from './reply.ts';
import { actorOf, type Standing, type Turn } from './turn.ts';

/** A wish for an export: opens a ticket with its summary, or joins the one that is open. */
export function request(turn: Turn, accountWords = turn.text): Reply {
  const found = accountFor(turn, accountWords);
  if (!isStanding(found)) return found;
  const { account, jobs } = found;
  const open = turn.tickets.find(
    (ticket) => ticket.accountId === account.id && OPEN_STATUSES.includes(ticket.status),
  );
  if (open) return join(turn, found, open);
  return openTicket(turn, found, wishesOf(turn, DEFAULT_OPTIONS, jobs));
}

function openTicket(turn: Turn, standing: Standing, wishes: Wishes): Reply {
  const { account, invoices, jobs } = standing;
  const { now, language } = turn;
  const ticket = newTicketFor(turn, standing, wishes.options);
  const by = { at: now, actor: actorOf(turn) };
  const history: HistoryEntry[] = [
    { ...by, event: 'open', detail: {} },
    ...specialLines(turn, wishes),
  ];
  if (invoices.length > 0) {
    history.push({ at: now, actor: 'bot', event: 'hold', detail: { invoices: invoices.length } });
  }
  const { special } = wishes;
  const opened = { open: ticket, history, conversation: { accountId: account.id } };
  const [unclear] = wishes.unclear;
  if (unclear) {
    const titles = unclear.near.map(({ title }) => title);
    return answer(noSuchJob(language, unclear.wanted, unclear.near), jobChoices(language, titles), {
      ...opened,
      conversation: { ...opened.conversation, awaiting: { what: 'job', titles } },
    });
  }
  const { options } = ticket;
  const summary = summaryOf(language, { account, options, jobs, special, invoices, now });
  return answer(summary, confirmChoices(language), {
    ...opened,
    showsSummary: true,
    texts: [...remarks(turn, wishes), summary],
  });
}

/** What was chosen in a form, or what the words say. */
function wishesOf(turn: Turn, before: ExportOptions, jobs: readonly Job[]): Wishes {
  const { chosen } = turn.inbound;
  if (chosen?.what === 'request') return chosenWishes(chosen, before, jobs);
  return readWishes(turn.text, turn.understood.entities, before, jobs);
}

/** The lines in the history for wishes that the desk decides about. */
function specialLines(turn: Turn, wishes: Wishes): HistoryEntry[] {
  return wishes.special.map((wish) => ({
    at: turn.now,
    actor: actorOf(turn),
    event: 'wish',
    detail: wishDetail(wish),
  }));
}

function remarks(turn: Turn, wishes: Wishes): string[] {
  return [
    ...(wishes.badPartSize ? [partSizeProblem(turn.language)] : []),
    ...(wishes.special.length > 0 ? [passedOn(turn.language, wishes.special)] : []),
  ];
}

/** A second request joins the open one; its wishes change it, or go to the desk once it is confirmed. */
function join(turn: Turn, standing: Standing, open: Ticket): Reply {
  const { account, jobs, invoices } = standing;
  const { language } = turn;
  const own = open.requester.email.toLowerCase() === turn.inbound.email.toLowerCase();
  const wishes = wishesOf(turn, open.options, jobs);
  const intro = joined(language, open, own);
  const entry = { at: turn.now, actor: actorOf(turn), event: 'joined', detail: {} };
  if (isUnconfirmed(open)) {
    const reply = applyWishes(turn, standing, open, wishes);
    return {
      ...reply,
      texts: [intro, ...reply.texts],
      about: open.number,
      history: [entry, ...reply.history],
      conversation: { ...reply.conversation, accountId: account.id },
    };
  }
  const stands = whereItStands(language, open, {
    progress: turn.progress,
    invoices,
    now: turn.now,
  });
  const asks = hasWishes(wishes);
  return answer(intro, [], {
    texts: [intro, stands, ...(asks ? [tooLateToChange(language)] : [])],
    about: open.number,
    history: [{ ...entry, detail: asks ? { text: turn.text.slice(0, 500) } : {} }],
    outbox: asks
      ? [toDesk('action', `The customer wishes something else: ${turn.text.slice(0, 500)}`)]
      : [],
    conversation: { accountId: account.id },
  });
}
