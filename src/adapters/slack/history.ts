import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Target } from './files.ts';
import { keyOf } from './message.ts';

const PAGE_SIZE = 200;
/** Of a direct conversation only the latest messages are looked at; a thread is read whole. */
const MAX_PAGES = { thread: 50, channel: 1 } as const;

/** What is looked at of a message. */
const Message = z.object({
  ts: z.string(),
  user: z.string().optional(),
  metadata: z.unknown().optional(),
  files: z.array(z.object({ name: z.string().nullish(), title: z.string().nullish() })).optional(),
});
type Message = z.infer<typeof Message>;

/** The messages of a thread, or the latest of a channel; oldest first. */
async function messagesIn(client: webApi.WebClient, target: Target): Promise<Message[]> {
  const { channel, ts } = target;
  const all: Message[] = [];
  let cursor: string | undefined;
  const pages = ts ? MAX_PAGES.thread : MAX_PAGES.channel;
  for (let page = 0; page < pages; page++) {
    const common = {
      channel,
      limit: PAGE_SIZE,
      include_all_metadata: true,
      ...(cursor && { cursor }),
    };
    const answer = ts
      ? await client.conversations.replies({ ...common, ts })
      : await client.conversations.history(common);
    all.push(...z.array(Message).parse(answer.messages ?? []));
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!cursor) break;
  }
  return all.sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** Whether a message of ours with this key stands there. */
export async function hasKey(
  client: webApi.WebClient,
  target: Target,
  key: string,
): Promise<boolean> {
  return (await messagesIn(client, target)).some((message) => keyOf(message) === key);
}

/**
 * Whether the file was shared by a try that ended before its message was posted: it stands there after the last
 * message of ours. Messages of a thread are sent one after the other, so nothing else can be between them.
 */
export async function hasLooseFile(
  client: webApi.WebClient,
  target: Target,
  fileName: string,
): Promise<boolean> {
  const messages = await messagesIn(client, target);
  const last = messages.findLastIndex((message) => keyOf(message) !== null);
  return messages
    .slice(last + 1)
    .some(({ files = [] }) => files.some(({ name, title }) => [name, title].includes(fileName)));
}
