import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Arrivals } from '../src/ports/arrivals.ts';
import type { Db } from './open.ts';
import { arrivals } from './schema-people.ts';

/** What chat services told us. */
export function createArrivals(db: Db): Arrivals {
  const beginsWith = (prefix: string) =>
    sql`substr(${arrivals.thread}, 1, ${prefix.length}) = ${prefix}`;
  return {
    keep: ({ id, thread, content }, now) =>
      db.insert(arrivals).values({ id, thread, content, keptAt: now }).onConflictDoNothing().run()
        .changes > 0,

    waiting: (prefix) =>
      db
        .select({ id: arrivals.id, thread: arrivals.thread, content: arrivals.content })
        .from(arrivals)
        .where(and(isNull(arrivals.doneAt), beginsWith(prefix)))
        .orderBy(asc(arrivals.number))
        .all(),

    done: (id, now) => {
      db.update(arrivals).set({ content: null, doneAt: now }).where(eq(arrivals.id, id)).run();
    },

    latestThread: (prefix) =>
      db
        .select({ thread: arrivals.thread })
        .from(arrivals)
        .where(beginsWith(prefix))
        .orderBy(desc(arrivals.number))
        .limit(1)
        .get()?.thread ?? null,
  };
}
