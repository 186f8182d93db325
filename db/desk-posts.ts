import { and, eq, isNull } from 'drizzle-orm';
import type { DeskPost, DeskPosts } from '../src/ports/desk-posts.ts';
import type { Db } from './open.ts';
import { deskPosts } from './schema.ts';

/** What the desk in a chat service has posted. */
export function createDeskPosts(db: Db): DeskPosts {
  const is = (ticketNumber: number, key: string) =>
    and(eq(deskPosts.ticketNumber, ticketNumber), eq(deskPosts.key, key));

  function find(ticketNumber: number, key: string): DeskPost | null {
    const row = db.select().from(deskPosts).where(is(ticketNumber, key)).get();
    return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null;
  }

  return {
    find,

    begin: (ticketNumber, key, now) => {
      const fresh = db
        .insert(deskPosts)
        .values({ ticketNumber, key, begunAt: now, channel: null, ts: null })
        .onConflictDoNothing()
        .run();
      return fresh.changes === 1 ? 'new' : (find(ticketNumber, key) ?? 'begun');
    },

    notBegun: (ticketNumber, key) => {
      db.delete(deskPosts)
        .where(and(is(ticketNumber, key), isNull(deskPosts.ts)))
        .run();
    },

    posted: (ticketNumber, key, { channel, ts }) => {
      db.update(deskPosts).set({ channel, ts }).where(is(ticketNumber, key)).run();
    },
  };
}
