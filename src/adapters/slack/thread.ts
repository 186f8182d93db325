import type { webApi } from '@slack/bolt';
import { notPostedHere, sentDirectly } from '../../domain/phrases/direct.ts';
import type { Thread, ThreadMessage } from '../../ports/thread.ts';
import { slackCode, toSendError } from './failure.ts';
import { shareFile, type Target } from './files.ts';
import { hasKey, hasLooseFile } from './history.ts';
import { messageOf } from './message.ts';
import { isDirect, type Place, placeOf, SCHEME } from './reference.ts';

const UNREACHABLE = [
  'user_not_found',
  'user_not_visible',
  'user_disabled',
  'cannot_dm_bot',
  'users_list_not_supplied',
  'not_allowed',
];

export type SlackThreadDeps = {
  client: webApi.WebClient;
  /** Whether the links of a ticket may be posted in a channel. */
  mayHoldLinks(channel: string, ticketNumber: number): Promise<boolean>;
  /** Slack's id of the person who asked for the ticket; null when Slack does not know them. */
  requesterOf(ticketNumber: number): Promise<string | null>;
};

/** Slack as a place where customers talk. */
export function createSlackThread(deps: SlackThreadDeps): Thread {
  const { client } = deps;
  const permalinks = new Map<string, string>();
  return {
    scheme: SCHEME,

    async send(thread, message, key) {
      const place = placeOf(thread);
      try {
        const open = await withoutStrangers(deps, place, message, key);
        await post(client, place, open, key);
      } catch (error) {
        throw toSendError(error, 'The message');
      }
    },

    async has(thread, key) {
      try {
        return await hasKey(client, placeOf(thread), key);
      } catch (error) {
        throw toSendError(error, 'The question whether the message is there');
      }
    },

    async address(thread) {
      const { channel, ts } = placeOf(thread);
      // What is said in direct messages only the two can read.
      if (isDirect(channel)) return null;
      const known = permalinks.get(thread);
      if (known) return known;
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      if (permalink) permalinks.set(thread, permalink);
      return permalink ?? null;
    },
  };
}

/** The message as it may stand in the thread. Links that others could read go to the requester's direct messages first. */
async function withoutStrangers(
  deps: SlackThreadDeps,
  { channel }: Place,
  message: ThreadMessage,
  key: string,
): Promise<ThreadMessage> {
  const { secret } = message;
  if (!secret || isDirect(channel)) return message;
  if (await deps.mayHoldLinks(channel, secret.ticketNumber)) return message;
  const user = await deps.requesterOf(secret.ticketNumber);
  const isSent = user !== null && (await sendDirectly(deps.client, user, message, key));
  const note = isSent
    ? sentDirectly(message.language ?? 'en')
    : notPostedHere(message.language ?? 'en');
  const text = `${secret.openText}\n\n${note}`;
  return { text, choices: message.choices, file: null };
}

/** Returns false when Slack has no way to this person; what a later try can mend is thrown. */
async function sendDirectly(
  client: webApi.WebClient,
  user: string,
  { text, file }: ThreadMessage,
  key: string,
): Promise<boolean> {
  const channel = await openDirect(client, user);
  if (!channel) return false;
  const target = { channel, ts: null };
  // An earlier try may have come as far as this.
  if (await hasKey(client, target, key)) return true;
  await post(client, target, { text, choices: [], file }, key);
  return true;
}

/** People who left, and some of other companies, cannot be written to. */
async function openDirect(client: webApi.WebClient, user: string): Promise<string | null> {
  try {
    const { channel } = await client.conversations.open({ users: user });
    return channel?.id ?? null;
  } catch (error) {
    if (UNREACHABLE.includes(slackCode(error) ?? '')) return null;
    throw error;
  }
}

/** The file first: once the message with the key stands there, all of it does. */
async function post(
  client: webApi.WebClient,
  target: Target,
  { text, choices, file }: ThreadMessage,
  key: string,
): Promise<void> {
  if (file && !(await hasLooseFile(client, target, file.fileName))) {
    await shareFile(client, target, file);
  }
  await client.chat.postMessage({
    channel: target.channel,
    ...(target.ts && { thread_ts: target.ts }),
    ...messageOf(text, choices, key),
  });
}
