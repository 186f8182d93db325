import { extensionHours, grantExtension, isSelfService } from '../../domain/extension.ts';
import { noRequest } from '../../domain/phrases/answers.ts';
import { askExport, extensionChoices } from '../../domain/phrases/choices.ts';
import {
  forHowLong,
  notYetToExtend,
  offerExtension,
  waitsForColleague,
} from '../../domain/phrases/conversation.ts';
import { extended } from '../../domain/phrases/life.ts';
import { purgeDueAt } from '../../domain/retention.ts';
import { amend, canDo, type Ticket } from '../../domain/ticket.ts';
import { sayDuration } from '../../domain/words.ts';
import { mailToRequester, toDesk } from '../outgoing.ts';
import { rebuildOffer } from './rebuild.ts';
import { answer, type Reply, stepped } from './reply.ts';
import { actorOf, type Turn } from './turn.ts';

/** A wish for more time. */
export function extend(turn: Turn, ticket: Ticket | null): Reply {
  const { language } = turn;
  if (!ticket) return answer(noRequest(language), [askExport(language)]);
  if (ticket.status === 'purged') return rebuildOffer(turn, ticket);
  if (!canDo(ticket, 'extend')) {
    return answer(notYetToExtend(language, ticket), [], { about: ticket.number });
  }
  const hours = hoursWanted(turn, ticket);
  if (hours === null) return askForHowLong(turn, ticket);
  return isSelfService(ticket, hours) ? grant(turn, ticket, hours) : askDesk(turn, ticket, hours);
}

/** So many hours, or up to the day that was named. */
function hoursWanted(turn: Turn, ticket: Ticket): number | null {
  const { duration_hours: hours, deadline } = turn.understood.entities;
  if (hours !== undefined) return extensionHours(hours);
  if (!deadline?.date) return null;
  const end = new Date(`${deadline.date}T23:59:00Z`).getTime();
  const from = Math.max(turn.now.getTime(), ticket.expiresAt?.getTime() ?? 0);
  return extensionHours((end - from) / 3_600_000);
}

function askForHowLong({ language }: Turn, ticket: Ticket): Reply {
  const text =
    ticket.status === 'expired'
      ? offerExtension(language, purgeDueAt(ticket))
      : forHowLong(language);
  return answer(text, extensionChoices(language), {
    about: ticket.number,
    conversation: { awaiting: { what: 'extension', ticketNumber: ticket.number } },
  });
}

/** The first extension, within POLICY: at once, on the same links. */
function grant(turn: Turn, ticket: Ticket, hours: number): Reply {
  const step = grantExtension(ticket, hours, { kind: 'policy', actor: actorOf(turn) }, turn.now);
  return answer(extended(turn.language, ticket, step.after.expiresAt), [], {
    ...stepped(step),
    outbox: [
      mailToRequester('extended', ticket),
      toDesk('info', `The customer was given ${sayHours(hours)} more, as the policy allows.`),
    ],
  });
}

function askDesk(turn: Turn, ticket: Ticket, hours: number): Reply {
  const by = { now: turn.now, actor: actorOf(turn), detail: { hours } };
  const step = amend(ticket, 'extension_asked', by, { extensionAskedHours: hours });
  const { expiresAt } = ticket;
  const works = expiresAt && expiresAt > turn.now ? expiresAt : null;
  return answer(waitsForColleague(turn.language, hours, works, purgeDueAt(ticket)), [], {
    ...stepped(step),
    outbox: [toDesk('action', `The customer asks for ${sayHours(hours)} more. Please decide.`)],
  });
}

function sayHours(hours: number): string {
  return sayDuration(hours * 3_600_000);
}
