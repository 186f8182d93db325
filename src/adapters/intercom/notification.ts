import { z } from 'zod';
import { Conversation, firstMessageOf, partsOf, repliesOf } from './conversation.ts';
import type { Incoming } from './incoming.ts';
import { threadOf } from './reference.ts';

/** What Intercom posts (developers.intercom.com, "Webhook notification object"). A ping has no id. */
const Envelope = z.object({
  type: z.literal('notification_event'),
  app_id: z.string().nullish(),
  id: z.string().nullish(),
  topic: z.string(),
  data: z.object({ item: z.unknown() }).nullish(),
});

/** A notification as far as we look at it. */
export type Notification = {
  appId: string | null;
  topic: string;
  /** Unique for the notification: a second delivery has the same. */
  id: string;
  /** null when it is nothing for us. */
  incoming: Incoming | null;
};

/** Reads what Intercom posted; null when it is no notification at all. */
export function readNotification(body: unknown): Notification | null {
  const parsed = Envelope.safeParse(body);
  if (!parsed.success) return null;
  const { app_id: appId = null, topic, id, data } = parsed.data;
  const item = Conversation.safeParse(data?.item).data ?? null;
  const lastPart = item && partsOf(item).at(-1)?.id;
  return {
    appId,
    topic,
    id: id ?? [topic, item?.id ?? '', lastPart ?? ''].join(':'),
    incoming: item && incomingOf(topic, item),
  };
}

function incomingOf(topic: string, item: Conversation): Incoming | null {
  switch (topic) {
    case 'conversation.user.created':
      return fromCustomer(item, [...firstMessageOf(item), ...repliesOf(item)]);
    case 'conversation.user.replied':
      return fromCustomer(item, repliesOf(item));
    case 'conversation.admin.replied':
    case 'conversation.admin.noted':
      return fromTeammate(item, topic === 'conversation.admin.noted');
    default:
      return null;
  }
}

function fromCustomer(
  item: Conversation,
  messages: (Incoming & { kind: 'customer' })['messages'],
): Incoming | null {
  return messages.length > 0 ? { kind: 'customer', thread: threadOf(item.id), messages } : null;
}

/** Bots of Intercom speak as `bot`; a teammate is an `admin`. */
function fromTeammate(item: Conversation, isNoted: boolean): Incoming | null {
  const part = partsOf(item).findLast(({ author }) => author?.type === 'admin');
  if (!part?.author?.id) return null;
  const { id, author, body, part_type: kind } = part;
  return {
    kind: 'teammate',
    thread: threadOf(item.id),
    id,
    isNote: kind === 'note' || isNoted,
    adminId: part.author.id,
    name: author?.name?.trim() || 'a teammate',
    html: body ?? '',
  };
}
