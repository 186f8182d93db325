import { newConversation } from '../domain/conversation.ts';
import { question } from '../domain/phrases/life.ts';
import { amend, canDo } from '../domain/ticket.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import {
  byDesk,
  clickedTicket,
  commitClick,
  MAX_TEXT_CHARACTERS,
  refuse,
  shownText,
} from './click.ts';
import type { Deps } from './deps.ts';
import { toCustomer, toDesk } from './outgoing.ts';

/** Asks the customer in the thread; what they write next comes to the ticket as the answer. */
export async function ask(
  deps: Pick<Deps, 'tickets' | 'clock'>,
  click: Click,
  text: string,
): Promise<Clicked> {
  const asked = shownText(text);
  if (asked === null) {
    return refuse(`Write a question of up to ${MAX_TEXT_CHARACTERS} characters.`);
  }
  // A ticket that can be cancelled is one that is not over.
  const found = clickedTicket(deps, click, 'ask', (ticket) => canDo(ticket, 'cancel'));
  if (!found.ok) return found;
  const { ticket } = found;
  const now = deps.clock.now();
  const { thread, requester, number } = ticket;
  const conversation =
    deps.tickets.conversation(thread) ?? newConversation(thread, requester.email);
  return commitClick(
    deps,
    amend(ticket, 'ask', byDesk(click, now, { question: asked })),
    [
      toCustomer(ticket, question(ticket.language, ticket, asked)),
      toDesk('info', `${click.agent} asked the customer: ${asked}`),
    ],
    now,
    { conversation: { ...conversation, awaiting: { what: 'answer', ticketNumber: number } } },
  );
}
