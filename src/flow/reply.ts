import { newConversation } from '../domain/conversation.ts';
import type { Deps } from './deps.ts';

/**
 * An agent takes part in a talk: the bot is silent from now on, and the ticket's history says who wrote what. The
 * words themselves are put into the thread by its adapter.
 * @returns false when there is no such talk
 */
export function takeOver(
  deps: Pick<Deps, 'tickets' | 'clock'>,
  thread: string,
  agent: string,
  text: string,
): boolean {
  const now = deps.clock.now();
  const [ticket] = deps.tickets.list({ thread });
  const conversation =
    deps.tickets.conversation(thread) ??
    (ticket ? newConversation(thread, ticket.requester.email) : null);
  if (!conversation) return false;
  const entry = { at: now, actor: `desk:${agent}`, event: 'reply', detail: { text } };
  const done = deps.tickets.commit(
    {
      ...(ticket && { about: ticket.number, history: [entry] }),
      conversation: { ...conversation, humanSince: conversation.humanSince ?? now, misses: 0 },
    },
    now,
  );
  return done.ok;
}
