import type { IntercomClient } from 'intercom-client';
import { isGone, toSendError } from '../failure.ts';
import { conversationOf, threadOf } from '../reference.ts';
import { readTalk } from '../talk.ts';

/** Something that was chosen on the card, said in a conversation. */
export type Spoken = { thread: string; messageId: string };

/**
 * Says in the customer's name what they chose, so that they and the team find it in the conversation; begins one when
 * there is none.
 * @throws SendError
 */
export async function speak(
  client: IntercomClient,
  contactId: string,
  words: string,
  thread: string | null,
): Promise<Spoken> {
  try {
    const reply = thread && (await replied(client, contactId, words, thread));
    const where = reply || (await begun(client, contactId, words));
    const talk = await readTalk(client, where);
    const said = talk?.messages.findLast((message) => message.contactId === contactId);
    return { thread: where, messageId: said?.id ?? 'first' };
  } catch (error) {
    throw toSendError(error, 'What was chosen on the card');
  }
}

async function begun(client: IntercomClient, contactId: string, body: string): Promise<string> {
  const from = { type: 'contact' as const, id: contactId };
  const { conversation_id: id } = await client.conversations.create({ from, body });
  return threadOf(id);
}

/** null when the conversation was deleted. */
async function replied(
  client: IntercomClient,
  contactId: string,
  body: string,
  thread: string,
): Promise<string | null> {
  try {
    await client.conversations.reply({
      conversation_id: conversationOf(thread),
      body: { type: 'user', message_type: 'comment', intercom_user_id: contactId, body },
    });
    return thread;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
