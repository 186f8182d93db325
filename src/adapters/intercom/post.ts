import { createHash } from 'node:crypto';
import type { Intercom, IntercomClient } from 'intercom-client';
import type { Choice } from '../../domain/message.ts';
import type { ThreadPosts } from '../../ports/thread-posts.ts';
import { lettersOf } from './html.ts';
import { conversationOf } from './reference.ts';
import { readTalk, type Talk, talkOf } from './talk.ts';

export type PostDeps = {
  client: IntercomClient;
  posts: ThreadPosts;
  /** The teammate in whose name it is posted. */
  adminId: string;
  now: () => Date;
};

type Reply = Omit<Intercom.AdminReplyConversationRequest, 'type' | 'admin_id'>;

/**
 * Posts into a conversation once for each key. Intercom keeps no key with a message: what is about to be posted is
 * noted with a digest, and after a try that ended unknown the conversation is looked through for it.
 * @throws errors of Intercom's library
 */
export async function postOnce(
  deps: PostDeps,
  thread: string,
  key: string,
  reply: Reply,
  choices: readonly (Choice & { id: string })[] = [],
): Promise<void> {
  const digest = digestOf(reply);
  const begun = deps.posts.begin({ thread, key, digest, choices: [...choices] }, deps.now());
  if (typeof begun === 'object') return;
  const earlier = begun === 'begun' ? await lookFor(deps, thread, key, digest) : null;
  const postId = earlier ?? (await post(deps, thread, reply, digest));
  deps.posts.posted(thread, key, postId);
}

/** Does something whose repetition does no harm, and not again once it went well. */
export async function doOnce(
  deps: Pick<PostDeps, 'posts' | 'now'>,
  thread: string,
  key: string,
  act: () => Promise<unknown>,
): Promise<void> {
  const begun = deps.posts.begin({ thread, key, digest: '', choices: [] }, deps.now());
  if (typeof begun === 'object') return;
  await act();
  deps.posts.posted(thread, key, `done:${key}`);
}

async function post(
  { client, posts, adminId }: PostDeps,
  thread: string,
  reply: Reply,
  digest: string,
): Promise<string> {
  const answer = await client.conversations.reply({
    conversation_id: conversationOf(thread),
    body: { ...reply, type: 'admin', admin_id: adminId },
  });
  const known = posts.postIds(thread);
  return find(talkOf(answer), adminId, digest, known) ?? `unnamed:${known.length}`;
}

/** What was about to be posted then may have been put differently from now. */
async function lookFor(
  { client, posts, adminId }: PostDeps,
  thread: string,
  key: string,
  digest: string,
): Promise<string | null> {
  const talk = await readTalk(client, thread);
  if (!talk) return null;
  const known = posts.postIds(thread);
  const digests = [posts.find(thread, key)?.digest ?? digest, digest];
  const found = digests.map((one) => find(talk, adminId, one, known));
  return found.find((id) => id !== null) ?? null;
}

/** The first of our posts with this content that is not yet known under another key. */
function find(
  { parts }: Talk,
  adminId: string,
  digest: string,
  known: readonly string[],
): string | null {
  const found = parts.find(
    ({ id, author, body, metadata }) =>
      author?.type === 'admin' &&
      author.id === adminId &&
      !known.includes(id) &&
      digest === digestOf({ body, reply_options: metadata?.quick_reply_options ?? undefined }),
  );
  return found?.id ?? null;
}

/** Options have ids of their own; everything else is known by its letters. */
function digestOf({
  body,
  reply_options: options = [],
}: {
  body?: string | null | undefined;
  reply_options?: readonly { uuid: string }[] | undefined;
}): string {
  const content = options.length > 0 ? options.map(({ uuid }) => uuid) : [lettersOf(body ?? '')];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
