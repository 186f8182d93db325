import {
  CONFIRM,
  changed,
  jobChoices,
  noSuchJob,
  passedOn,
  unchanged,
  whatToChange,
} from '../../domain/phrases/conversation.ts';
import { sayChanges, summaryOf } from '../../domain/summary.ts';
import { amend, type Ticket } from '../../domain/ticket.ts';
import { hasWishes, type Wishes } from '../../domain/wishes.ts';
import { answer, type Reply, stepped } from './reply.ts';
import { actorOf, type Standing, type Turn } from './turn.ts';

/** A change of mind before the yes: replaces the options, says so, and asks again. */
export function applyWishes(turn: Turn, standing: Standing, ticket: Ticket, wishes: Wishes): Reply {
  const { account, jobs, invoices } = standing;
  const { now } = turn;
  if (!hasWishes(wishes)) return summary(turn, standing, ticket);
  const special = [...new Set([...turn.special, ...wishes.special.map(({ words }) => words)])];
  const fresh = special.slice(turn.special.length);
  const actor = actorOf(turn);
  const notes = fresh.map((note) => ({ at: now, actor, event: 'wish', detail: { note } }));
  const changes = sayChanges(wishes.touched, wishes.options, jobs);
  const step = amend(
    ticket,
    'change_options',
    { now, actor, detail: { text: changes.join('; ') } },
    { options: wishes.options },
  );
  const isSame = JSON.stringify(wishes.options) === JSON.stringify(ticket.options);
  const stored = isSame ? { ticket: null, history: [] } : stepped(step);
  const more = { ...stored, about: ticket.number, history: [...stored.history, ...notes] };
  const said = [
    ...(wishes.touched.length > 0 ? [isSame ? unchanged() : changed(changes)] : []),
    ...(fresh.length > 0 ? [passedOn(fresh)] : []),
    ...wishes.problems,
  ];
  const [unclear] = wishes.unclear;
  if (unclear) {
    const titles = unclear.near.map(({ title }) => title);
    return answer('', jobChoices(titles), {
      ...more,
      texts: [...said, noSuchJob(unclear.wanted, unclear.near)],
      conversation: { awaiting: { what: 'job', titles } },
    });
  }
  const asked = summaryOf({ account, options: wishes.options, jobs, special, invoices, now });
  return answer('', CONFIRM, { ...more, texts: [...said, asked], conversation: waiting(ticket) });
}

/** The summary once more. */
export function summary(turn: Turn, standing: Standing, ticket: Ticket): Reply {
  const { account, jobs, invoices } = standing;
  const { now, special } = turn;
  const { options } = ticket;
  return answer(summaryOf({ account, options, jobs, special, invoices, now }), CONFIRM, {
    about: ticket.number,
    conversation: waiting(ticket),
  });
}

/** "Change something", without saying what. */
export function askWhatToChange(ticket: Ticket): Reply {
  return answer(whatToChange(), [], { about: ticket.number, conversation: waiting(ticket) });
}

export function waiting(ticket: Ticket): Pick<Turn['conversation'], 'awaiting'> {
  return { awaiting: { what: 'confirmation', ticketNumber: ticket.number } };
}
