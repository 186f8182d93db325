import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ThreadPost } from '../src/ports/thread-posts.ts';

/** What was posted in threads of services that keep no key with it. `post_id` is null while that is not known. */
export const threadPosts = sqliteTable(
  'thread_posts',
  {
    thread: text('thread').notNull(),
    key: text('key').notNull(),
    digest: text('digest').notNull(),
    begunAt: integer('begun_at', { mode: 'timestamp_ms' }).notNull(),
    postId: text('post_id'),
  },
  (t) => [primaryKey({ columns: [t.thread, t.key] })],
);

/** Answers that were offered with a post. */
export const threadChoices = sqliteTable(
  'thread_choices',
  {
    id: text('id').primaryKey(),
    thread: text('thread').notNull(),
    choice: text('choice', { mode: 'json' }).$type<ThreadPost['choices'][number]>().notNull(),
  },
  (t) => [index('thread_choices_thread').on(t.thread)],
);
