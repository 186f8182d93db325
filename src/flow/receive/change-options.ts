import { confirmChoices, jobChoices } from '../../domain/phrases/choices.ts';
import {
  changed,
  noSuchJob,
  partSizeProblem,
  passedOn,
  unchanged,
  whatToChange,
} from '../../domain/phrases/conversation.ts';
import { sayWish, wishDetail } from '../../domain/special-wish.ts';
import { sayChanges, summaryOf } from '../../domain/summary.ts';
import { amend, type Ticket } from '../../domain/ticket.ts';
import { hasWishes, type Wishes } from '../../domain/wishes.ts';
import { answer, type Reply, stepped } from './reply.ts';
import { actorOf, type Standing, type Turn } from './turn.ts';

/** A change of mind before the yes: replaces the options, says so, and asks again. */
export function applyWishes(turn: Turn, standing: Standing, ticket: Ticket, wishes: Wishes): Reply {
  const { account, jobs, invoices } = standing;
  const { now, language } = turn;
  if (!hasWishes(wishes)) return summary(turn, standing, ticket);
  const known = turn.special.map((wish) => sayWish(wish));
  const fresh = wishes.special.filter((wish) => !known.includes(sayWish(wish)));
  const special = [...turn.special, ...fresh];
  const actor = actorOf(turn);
  const notes = fresh.map((wish) => ({
    at: now,
    actor,
    event: 'wish',
    detail: wishDetail(wish),
  }));
  const changes = sayChanges(language, wishes.touched, wishes.options, jobs);
  const noted = sayChanges('en', wishes.touched, wishes.options, jobs);
  const step = amend(
    ticket,
    'change_options',
    { now, actor, detail: { text: noted.join('; ') } },
    { options: wishes.options },
  );
  const isSame = JSON.stringify(wishes.options) === JSON.stringify(ticket.options);
  const stored = isSame ? { ticket: null, history: [] } : stepped(step);
  const more = { ...stored, about: ticket.number, history: [...stored.history, ...notes] };
  const said = [
    ...(wishes.touched.length > 0
      ? [isSame ? unchanged(language) : changed(language, changes)]
      : []),
    ...(fresh.length > 0 ? [passedOn(language, fresh)] : []),
    ...(wishes.badPartSize ? [partSizeProblem(language)] : []),
  ];
  const [unclear] = wishes.unclear;
  if (unclear) {
    const titles = unclear.near.map(({ title }) => title);
    return answer('', jobChoices(language, titles), {
      ...more,
      texts: [...said, noSuchJob(language, unclear.wanted, unclear.near)],
      conversation: { awaiting: { what: 'job', titles } },
    });
  }
  const asked = summaryOf(language, {
    account,
    options: wishes.options,
    jobs,
    special,
    invoices,
    now,
  });
  return answer('', confirmChoices(language), {
    ...more,
    texts: [...said, asked],
    conversation: waiting(ticket),
  });
}

/** The summary once more. */
export function summary(turn: Turn, standing: Standing, ticket: Ticket): Reply {
  const { account, jobs, invoices } = standing;
  const { now, special, language } = turn;
  const { options } = ticket;
  const said = summaryOf(language, { account, options, jobs, special, invoices, now });
  return answer(said, confirmChoices(language), {
    about: ticket.number,
    conversation: waiting(ticket),
  });
}

/** "Change something", without saying what. */
export function askWhatToChange({ language }: Turn, ticket: Ticket): Reply {
  return answer(whatToChange(language), [], {
    about: ticket.number,
    conversation: waiting(ticket),
  });
}

export function waiting(ticket: Ticket): Pick<Turn['conversation'], 'awaiting'> {
  return { awaiting: { what: 'confirmation', ticketNumber: ticket.number } };
}
