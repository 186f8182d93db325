import { cancelChoices } from '../../domain/phrases/choices.ts';
import { notCancelled, nothingToCancel, reallyCancel } from '../../domain/phrases/conversation.ts';
import { cancelled, reasonBy, sayCause } from '../../domain/phrases/life.ts';
import { act, canDo, type Ticket } from '../../domain/ticket.ts';
import { mailTo, toDesk } from '../outgoing.ts';
import { summary } from './change-options.ts';
import { answer, type Reply, stepped } from './reply.ts';
import { actorOf, type Standing, type Turn } from './turn.ts';

/** A wish to cancel: asked once more, because it cannot be taken back. */
export function askToCancel({ language }: Turn, ticket: Ticket | null): Reply {
  if (!ticket || !canDo(ticket, 'cancel')) return answer(nothingToCancel(language));
  return answer(reallyCancel(language, ticket, hasLinks(ticket)), cancelChoices(language), {
    about: ticket.number,
    conversation: { awaiting: { what: 'cancellation', ticketNumber: ticket.number } },
  });
}

/** The yes to cancelling. */
export function cancel(turn: Turn, standing: Standing, ticket: Ticket): Reply {
  const { language } = turn;
  if (!canDo(ticket, 'cancel')) return answer(nothingToCancel(language));
  const { reason, cause } = reasonBy({ what: 'customer', name: standing.person.name });
  const by = { now: turn.now, actor: actorOf(turn), detail: { reason } };
  const step = act(ticket, 'cancel', by, { reason, cause, extensionAskedHours: null });
  // Whoever was told that the export was asked for is told that it will not come.
  const told = ticket.confirmedAt ? standing.admins : [];
  const said = cancelled(language, ticket, sayCause(cause, language), hasLinks(ticket));
  return answer(said, [], {
    ...stepped(step),
    outbox: [
      ...told.map((person) => mailTo('cancelled', ticket, person)),
      ...(ticket.confirmedAt ? [toDesk('info', reason)] : []),
    ],
    stopsExport: ticket.exportId !== null,
  });
}

/** The no to cancelling; a summary that still waits is shown again. */
export function keep(turn: Turn, standing: Standing, ticket: Ticket): Reply {
  const kept = answer(notCancelled(turn.language, ticket), [], { about: ticket.number });
  if (ticket.status !== 'collecting') return kept;
  const again = summary(turn, standing, ticket);
  return { ...again, texts: [...kept.texts, ...again.texts] };
}

function hasLinks(ticket: Ticket): boolean {
  return ticket.status === 'delivered' || ticket.status === 'expired';
}
