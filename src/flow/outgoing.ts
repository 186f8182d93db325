import {
  type Choice,
  type DeskNotice,
  type MailRef,
  type Outgoing,
  say,
} from '../domain/message.ts';
import type { Ticket } from '../domain/ticket.ts';

/** Messages about a ticket, ready for the outbox. */

export function toCustomer(ticket: Ticket, text: string, choices: Choice[] = []): Outgoing {
  return { to: 'thread', thread: ticket.thread, message: say(text, choices, ticket.language) };
}

export function toDesk(level: DeskNotice['level'], text: string): Outgoing {
  return { to: 'desk', notice: { level, text } };
}

export function mailToRequester(template: MailRef['template'], ticket: Ticket): Outgoing {
  return mailTo(template, ticket, ticket.requester);
}

export function mailTo(
  template: MailRef['template'],
  ticket: Ticket,
  person: { name: string; email: string },
): Outgoing {
  const to = { name: person.name, email: person.email };
  return { to: 'mail', mail: { template, ticketNumber: ticket.number, to } };
}
