import {
  CANCEL_CHOICES,
  notCancelled,
  nothingToCancel,
  reallyCancel,
} from '../../domain/phrases/conversation.ts';
import { cancelled } from '../../domain/phrases/life.ts';
import { sayName } from '../../domain/say-name.ts';
import { act, canDo, type Ticket } from '../../domain/ticket.ts';
import { mailTo, toDesk } from '../outgoing.ts';
import { summary } from './change-options.ts';
import { answer, type Reply, stepped } from './reply.ts';
import { actorOf, type Standing, type Turn } from './turn.ts';

/** A wish to cancel: asked once more, because it cannot be taken back. */
export function askToCancel(ticket: Ticket | null): Reply {
  if (!ticket || !canDo(ticket, 'cancel')) return answer(nothingToCancel());
  return answer(reallyCancel(ticket, hasLinks(ticket)), CANCEL_CHOICES, {
    about: ticket.number,
    conversation: { awaiting: { what: 'cancellation', ticketNumber: ticket.number } },
  });
}

/** The yes to cancelling. */
export function cancel(turn: Turn, standing: Standing, ticket: Ticket): Reply {
  if (!canDo(ticket, 'cancel')) return answer(nothingToCancel());
  const reason = `${sayName(standing.person.name)} cancelled it in the chat.`;
  const by = { now: turn.now, actor: actorOf(turn), detail: { reason } };
  const step = act(ticket, 'cancel', by, { reason, extensionAskedHours: null });
  // Whoever was told that the export was asked for is told that it will not come.
  const told = ticket.confirmedAt ? standing.admins : [];
  return answer(cancelled(ticket, reason, hasLinks(ticket)), [], {
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
  const kept = answer(notCancelled(ticket), [], { about: ticket.number });
  if (ticket.status !== 'collecting') return kept;
  const again = summary(turn, standing, ticket);
  return { ...again, texts: [...kept.texts, ...again.texts] };
}

function hasLinks(ticket: Ticket): boolean {
  return ticket.status === 'delivered' || ticket.status === 'expired';
}
