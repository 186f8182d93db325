import { SendError } from '../../domain/send-error.ts';

export const SCHEME = 'intercom';
const REFERENCE = /^intercom:(?<conversation>[\w-]{1,64})$/;

/** A conversation of Intercom as the flows know it. */
export function threadOf(conversationId: string): string {
  return `${SCHEME}:${conversationId}`;
}

/** @throws SendError when this is no conversation of Intercom */
export function conversationOf(thread: string): string {
  const { conversation } = REFERENCE.exec(thread)?.groups ?? {};
  if (!conversation) {
    throw new SendError(
      `"${thread}" is no conversation of Intercom; the message cannot be delivered.`,
      { permanent: true },
    );
  }
  return conversation;
}

/** Where what is to be done for teammates waits, so that it never holds up an answer to the customer. */
export function inboxLaneOf(thread: string): string {
  return `${SCHEME}-inbox:${conversationOf(thread)}`;
}

/** A contact in all of their conversations, or in one. */
export function whoOf(contactId: string, thread: string | null = null): string {
  const who = `${SCHEME}:${contactId}`;
  return thread === null ? who : `${who}:${conversationOf(thread)}`;
}
