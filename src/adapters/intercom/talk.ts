import type { IntercomClient } from 'intercom-client';
import {
  Conversation,
  contactsOf,
  firstMessageOf,
  type Part,
  partsOf,
  repliesOf,
} from './conversation.ts';
import { isGone, toSendError } from './failure.ts';
import type { IncomingMessage } from './incoming.ts';
import { conversationOf } from './reference.ts';

/** A conversation as Intercom has it now. */
export type Talk = {
  /** How it began: `conversation` for the Messenger, or `email`, `sms` and others. */
  channel: string | null;
  contactIds: string[];
  /** What was said and done after the first message, oldest first; Intercom gives the latest 500. */
  parts: Part[];
  /** What customers wrote, oldest first. */
  messages: IncomingMessage[];
};

/** Reads a conversation; null when it was deleted. */
export async function readTalk(client: IntercomClient, thread: string): Promise<Talk | null> {
  try {
    return talkOf(await client.conversations.find({ conversation_id: conversationOf(thread) }));
  } catch (error) {
    if (isGone(error)) return null;
    throw toSendError(error, 'A question about the conversation');
  }
}

/** The conversation in what Intercom answered. */
export function talkOf(answer: unknown): Talk {
  const item = Conversation.parse(answer);
  return {
    channel: item.source?.type ?? null,
    contactIds: contactsOf(item),
    parts: partsOf(item),
    messages: [...firstMessageOf(item), ...repliesOf(item)],
  };
}

/** Whether a teammate answers in it: one other than the bot has spoken since it was last closed. */
export function isWithTeammate({ parts }: Talk, botAdminId: string): boolean {
  const closed = parts.findLastIndex(({ part_type: type }) => type === 'close');
  return parts
    .slice(closed + 1)
    .some(
      ({ part_type: type, author, body }) =>
        author?.type === 'admin' && author.id !== botAdminId && type !== 'note' && Boolean(body),
    );
}
