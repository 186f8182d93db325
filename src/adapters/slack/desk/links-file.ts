import type { Ticket } from '../../../domain/ticket.ts';
import type { DeskPost } from '../../../ports/desk-posts.ts';
import type { SlackDeskDeps } from './deps.ts';
import { unlessRefused } from './refusals.ts';

/** Puts the links CSV of a delivered export into the thread of its card, once for each export. */
export async function shareLinksFile(
  deps: SlackDeskDeps,
  ticket: Ticket,
  card: DeskPost,
): Promise<void> {
  if (ticket.status !== 'delivered' || !ticket.exportId) return;
  const key = `links ${ticket.exportId}`;
  if (deps.posts.find(ticket.number, key)) return;
  const file = await deps.linksCsv(ticket.number);
  if (!file) return;
  const begun = deps.posts.begin(ticket.number, key, deps.clock.now());
  if (begun === 'new' || !(await isThere(deps, card, file.fileName))) {
    await upload(deps, card, file);
  }
  deps.posts.posted(ticket.number, key, card);
}

/** A file carries no metadata; after a crash its name in this thread tells. */
async function isThere(
  { client }: SlackDeskDeps,
  { channel, ts }: DeskPost,
  name: string,
): Promise<boolean> {
  const { messages } = await unlessRefused(() =>
    client.conversations.replies({ channel, ts, limit: 200 }),
  );
  return (messages ?? []).some(({ files }) => files?.some((file) => file.name === name));
}

async function upload(
  { client }: SlackDeskDeps,
  { channel, ts }: DeskPost,
  file: { fileName: string; content: Buffer },
): Promise<void> {
  await unlessRefused(() =>
    client.filesUploadV2({
      channel_id: channel,
      thread_ts: ts,
      filename: file.fileName,
      file: file.content,
      initial_comment: 'The links CSV, as the customer gets it.',
    }),
  );
}
