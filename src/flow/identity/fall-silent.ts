import { newConversation } from '../../domain/conversation.ts';
import { say } from '../../domain/message.ts';
import { handedOver } from '../../domain/phrases/person.ts';
import type { Deps } from '../deps.ts';
import { takeOver } from '../reply.ts';

type Needs = Pick<Deps, 'tickets' | 'clock'>;
type NeedsUnderstanding = Needs & Pick<Deps, 'understand'>;

/** An agent answers in a talk of the bot: it is silent from now on, also when it is not known yet who the customer is. */
export function fallSilent(deps: Needs, thread: string, agent: string, text: string): void {
  if (takeOver(deps, thread, agent, text)) return;
  const now = deps.clock.now();
  deps.tickets.commit({ conversation: { ...newConversation(thread, ''), humanSince: now } }, now);
}

/**
 * Somebody whose address is not proven wants a person: they need no code for that. Colleagues see the talk where it
 * is; nothing is said of any account.
 */
export function handOverUnproven(
  deps: NeedsUnderstanding,
  { id, thread, text }: { id: string; thread: string; text: string },
): void {
  const now = deps.clock.now();
  const conversation = deps.tickets.conversation(thread) ?? newConversation(thread, '');
  const language = conversation.language ?? deps.understand(text).language;
  deps.tickets.commit(
    {
      outbox: [{ to: 'thread', thread, message: say(handedOver(language), [], language) }],
      conversation: { ...conversation, humanSince: now },
      inboundId: id,
    },
    now,
  );
}
