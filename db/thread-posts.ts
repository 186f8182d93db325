import { and, eq, isNotNull } from 'drizzle-orm';
import type { ThreadPosts } from '../src/ports/thread-posts.ts';
import type { Db } from './open.ts';
import { threadChoices, threadPosts } from './schema-threads.ts';

/** What was posted in threads of services that keep no key with it. */
export function createThreadPosts(db: Db): ThreadPosts {
  const is = (thread: string, key: string) =>
    and(eq(threadPosts.thread, thread), eq(threadPosts.key, key));

  const find: ThreadPosts['find'] = (thread, key) =>
    db
      .select({ digest: threadPosts.digest, postId: threadPosts.postId })
      .from(threadPosts)
      .where(is(thread, key))
      .get() ?? null;

  return {
    find,

    begin: ({ thread, key, digest, choices }, now) =>
      db.transaction((tx) => {
        const row = { thread, key, digest, begunAt: now, postId: null };
        const fresh = tx.insert(threadPosts).values(row).onConflictDoNothing().run().changes > 0;
        for (const choice of choices) {
          const { id } = choice;
          tx.insert(threadChoices).values({ id, thread, choice }).onConflictDoNothing().run();
        }
        if (fresh) return 'new';
        const postId = find(thread, key)?.postId;
        return postId ? { postId } : 'begun';
      }),

    posted: (thread, key, postId) => {
      db.update(threadPosts).set({ postId }).where(is(thread, key)).run();
    },

    postIds: (thread) =>
      db
        .select({ postId: threadPosts.postId })
        .from(threadPosts)
        .where(and(eq(threadPosts.thread, thread), isNotNull(threadPosts.postId)))
        .all()
        .flatMap(({ postId }) => (postId ? [postId] : [])),

    choice: (thread, choiceId) =>
      db
        .select({ choice: threadChoices.choice })
        .from(threadChoices)
        .where(and(eq(threadChoices.thread, thread), eq(threadChoices.id, choiceId)))
        .get()?.choice.text ?? null,
  };
}
