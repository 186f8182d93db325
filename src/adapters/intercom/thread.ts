import { createHash } from 'node:crypto';
import type { Choice } from '../../domain/message.ts';
import { fileRefused, notAmongOthers } from '../../domain/phrases/intercom.ts';
import type { Thread, ThreadMessage } from '../../ports/thread.ts';
import { statusOf, toSendError } from './failure.ts';
import { toHtml } from './html.ts';
import { doOnce, type PostDeps, postOnce } from './post.ts';
import { conversationOf, SCHEME } from './reference.ts';
import { readTalk } from './talk.ts';

export type IntercomThreadDeps = PostDeps & {
  /** Where teammates read conversations, such as `https://app.intercom.com/a/apps/abcd1234`. */
  inboxUrl: string;
  /** A teammate has the conversation: it is theirs to close. */
  isWithPerson(thread: string): boolean;
};

/** What Intercom answers when it does not take a file. */
const FILE_REFUSALS = [400, 413, 415, 422];

/** Conversations of Intercom as places where customers talk. */
export function createIntercomThread(deps: IntercomThreadDeps): Thread {
  return {
    scheme: SCHEME,

    async send(thread, message, key) {
      try {
        await sendAll(deps, thread, message, key);
      } catch (error) {
        throw toSendError(error, 'The message');
      }
    },

    // What a try that ended unknown did is looked for by the next one, piece by piece.
    has: async (thread, key) => isSent(deps, thread, key),

    address: async (thread) => `${deps.inboxUrl}/conversations/${conversationOf(thread)}`,
  };
}

/** Words and file, then the answers to choose from, then the end: a conversation is closed with its delivery. */
async function sendAll(
  deps: IntercomThreadDeps,
  thread: string,
  message: ThreadMessage,
  key: string,
): Promise<void> {
  if (isSent(deps, thread, key)) return;
  const open = await withoutStrangers(deps, thread, message);
  await say(deps, thread, open, key);
  if (open.choices.length > 0) {
    const choices = open.choices.map((choice, i) => ({ ...choice, id: choiceId(thread, key, i) }));
    const options = choices.map(({ id, label }: Choice & { id: string }) => ({
      text: label,
      uuid: id,
    }));
    const reply = { message_type: 'quick_reply', reply_options: options } as const;
    await postOnce(deps, thread, `${key}/choices`, reply, choices);
  }
  if (message.file && !deps.isWithPerson(thread)) {
    await doOnce(deps, thread, `${key}/close`, () => close(deps, thread));
  }
  await doOnce(deps, thread, `${key}/all`, async () => undefined);
}

function isSent({ posts }: IntercomThreadDeps, thread: string, key: string): boolean {
  return Boolean(posts.find(thread, `${key}/all`)?.postId);
}

/** Links go into a conversation only while nobody but the customer and the team is in it. */
async function withoutStrangers(
  { client }: IntercomThreadDeps,
  thread: string,
  message: ThreadMessage,
): Promise<ThreadMessage> {
  if (!message.secret) return message;
  const talk = await readTalk(client, thread);
  if (!talk || talk.contactIds.length <= 1) return message;
  const text = `${message.secret.openText}\n\n${notAmongOthers(message.language)}`;
  return { ...message, text, file: null, secret: null };
}

async function say(
  deps: IntercomThreadDeps,
  thread: string,
  { text, file, language }: ThreadMessage,
  key: string,
): Promise<void> {
  const comment = { message_type: 'comment', body: toHtml(text) } as const;
  if (!file) return postOnce(deps, thread, key, comment);
  const { fileName, contentType, content } = file;
  const attached = { name: fileName, content_type: bareType(contentType), data: base64(content) };
  try {
    await postOnce(deps, thread, key, { ...comment, attachment_files: [attached] });
  } catch (error) {
    if (!FILE_REFUSALS.includes(statusOf(error) ?? 0)) throw error;
    const body = toHtml(`${text}\n\n${fileRefused(language)}`);
    await postOnce(deps, thread, `${key}/no-file`, { ...comment, body });
  }
}

function base64(content: Buffer): string {
  return content.toString('base64');
}

/** `text/csv` of `text/csv; charset=utf-8`. */
function bareType(contentType: string): string {
  return contentType.split(';')[0]?.trim() ?? contentType;
}

async function close({ client, adminId }: IntercomThreadDeps, thread: string): Promise<void> {
  await client.conversations.manage({
    conversation_id: conversationOf(thread),
    body: { message_type: 'close', type: 'admin', admin_id: adminId },
  });
}

/** The same for the same place of the same message: a UUID made from a hash (RFC 9562, version 8). */
function choiceId(thread: string, key: string, place: number): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([thread, key, place]))
    .digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
