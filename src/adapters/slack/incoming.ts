import { z } from 'zod';
import { isDirect, threadOf } from './reference.ts';

/** A customer's message or click, as it is kept until it is worked on. */
export const Incoming = z.object({
  /** The same for the same message, whatever event tells of it. */
  id: z.string(),
  thread: z.string(),
  channel: z.string(),
  user: z.string(),
  /** In Slack's markup; a click's words are plain. */
  text: z.string(),
  /** The message whose button was clicked, in Slack's markup. */
  clicked: z.object({ ts: z.string(), text: z.string() }).nullable(),
  files: z.array(z.string()),
});
export type Incoming = z.infer<typeof Incoming>;

/** What of a workspace is for us; asked at once, so it waits for nothing. */
export type Known = {
  /** The bot talks in this thread. */
  isOurs(thread: string): boolean;
  /** The thread of a direct conversation in which the bot waits for an answer. */
  waitsIn(channel: string): string | null;
};

/** Messages of people; everything else that Slack calls a message is a notice, an edit or a deletion. */
const PEOPLES_SUBTYPES = new Set(['file_share', 'thread_broadcast']);
export const CHOICE_ACTION = 'customer_choice';

const Id = z.string().regex(/^[A-Z0-9]{2,30}$/);
const Ts = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

const EventBody = z.object({
  type: z.literal('event_callback'),
  event: z.object({
    type: z.enum(['message', 'app_mention']),
    channel: Id,
    ts: Ts,
    thread_ts: Ts.optional(),
    user: Id,
    text: z.string().default(''),
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
    files: z.array(z.object({ name: z.string().nullish() })).default([]),
  }),
});

const ClickBody = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: Id }),
  channel: z.object({ id: Id }),
  message: z.object({ ts: Ts, thread_ts: Ts.optional(), text: z.string().default('') }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().default('') })).min(1),
});

/** Reads a customer's message or click from what Slack sent; null when it is nothing for the customers' side. */
export function readIncoming(body: unknown, known: Known): Incoming | null {
  return readMessage(body, known) ?? readClick(body);
}

function readMessage(body: unknown, known: Known): Incoming | null {
  const parsed = EventBody.safeParse(body);
  if (!parsed.success) return null;
  const { event } = parsed.data;
  if (event.bot_id || (event.subtype && !PEOPLES_SUBTYPES.has(event.subtype))) return null;
  const { channel, ts, thread_ts: threadTs, user, text } = event;
  const thread =
    (!threadTs && isDirect(channel) ? known.waitsIn(channel) : null) ??
    threadOf({ channel, ts: threadTs ?? ts });
  const isMeant = event.type === 'app_mention' || isDirect(channel) || known.isOurs(thread);
  if (!isMeant) return null;
  // A mention in a thread comes as `app_mention` and as `message`: one id for both.
  const id = threadOf({ channel, ts });
  const files = event.files.map(({ name }) => name ?? 'a file');
  return { id, thread, channel, user, text, clicked: null, files };
}

function readClick(body: unknown): Incoming | null {
  const parsed = ClickBody.safeParse(body);
  if (!parsed.success) return null;
  const { user, channel, message, actions } = parsed.data;
  const action = actions.find(({ action_id }) => action_id.startsWith(`${CHOICE_ACTION}:`));
  if (!action) return null;
  const place = { channel: channel.id, ts: message.thread_ts ?? message.ts };
  return {
    // A person answers a message once, whichever of its buttons they press.
    id: `${threadOf({ channel: channel.id, ts: message.ts })}:${user.id}`,
    thread: threadOf(place),
    channel: channel.id,
    user: user.id,
    text: action.value,
    clicked: { ts: message.ts, text: message.text },
    files: [],
  };
}
