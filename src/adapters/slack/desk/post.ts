import type { types, webApi } from '@slack/bolt';
import { SendError } from '../../../domain/send-error.ts';
import type { DeskPost } from '../../../ports/desk-posts.ts';
import type { SlackDeskDeps } from './deps.ts';
import { unlessRefused } from './refusals.ts';

type Needs = Pick<SlackDeskDeps, 'client' | 'channel' | 'posts' | 'clock'>;

/** What is posted: a card in the channel, or a line in the thread of one. */
export type Message = { text: string; blocks?: types.KnownBlock[]; threadTs?: string };

const EVENT_TYPE = 'waybill_desk';
const PAGE = 200;
/** How far back a message is looked for after a crash. */
const MAX_PAGES = 5;

/**
 * Posts a message once, however often it is called with the same key. When an earlier try ended unknown, the message
 * is looked for by its metadata first.
 * @returns where it stands, and whether this call put it there
 */
export async function postOnce(
  deps: Needs,
  ticketNumber: number,
  key: string,
  message: Message,
): Promise<DeskPost & { isNew: boolean }> {
  const begun = deps.posts.begin(ticketNumber, key, deps.clock.now());
  if (typeof begun === 'object') return { ...begun, isNew: false };
  const marker = `${ticketNumber}/${key}`;
  try {
    const found = begun === 'begun' ? await findPosted(deps, marker, message.threadTs) : null;
    const post = found ?? (await putUp(deps, message, marker));
    deps.posts.posted(ticketNumber, key, post);
    return { ...post, isNew: !found };
  } catch (error) {
    // So that it need not be looked for when its turn comes.
    const isUntried = error instanceof SendError && error.untried;
    if (isUntried && begun === 'new') deps.posts.notBegun(ticketNumber, key);
    throw error;
  }
}

/** Kept with a message, so that it can be found again. */
export function metadataOf(marker: string) {
  return { event_type: EVENT_TYPE, event_payload: { key: marker } };
}

async function putUp(
  { client, channel }: Needs,
  message: Message,
  marker: string,
): Promise<DeskPost> {
  const { ts, channel: id } = await unlessRefused(() =>
    client.chat.postMessage({
      channel,
      text: message.text,
      ...(message.blocks ? { blocks: message.blocks } : { mrkdwn: false }),
      ...(message.threadTs && { thread_ts: message.threadTs }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: metadataOf(marker),
    }),
  );
  if (!ts) throw new Error('Slack took a message and did not say where it stands.');
  return { channel: id ?? channel, ts };
}

/** Looks through the newest messages of the channel, or of a thread. */
async function findPosted(
  { client, channel }: Needs,
  marker: string,
  threadTs: string | undefined,
): Promise<DeskPost | null> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const more = { limit: PAGE, include_all_metadata: true, ...(cursor && { cursor }) };
    const answer: webApi.ConversationsHistoryResponse | webApi.ConversationsRepliesResponse =
      await unlessRefused(() =>
        threadTs
          ? client.conversations.replies({ channel, ts: threadTs, ...more })
          : client.conversations.history({ channel, ...more }),
      );
    for (const { ts, metadata } of answer.messages ?? []) {
      if (ts && isMarked(metadata, marker)) return { channel, ts };
    }
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}

function isMarked(metadata: unknown, marker: string): boolean {
  if (typeof metadata !== 'object' || metadata === null || !('event_payload' in metadata)) {
    return false;
  }
  const payload = metadata.event_payload;
  return (
    typeof payload === 'object' && payload !== null && 'key' in payload && payload.key === marker
  );
}
