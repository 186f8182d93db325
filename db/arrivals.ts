import { and, asc, desc, eq, gte, isNull, lt, type Placeholder, sql } from 'drizzle-orm';
import type { Arrivals } from '../src/ports/arrivals.ts';
import type { Db } from './open.ts';
import { arrivals } from './schema-people.ts';

/** What chat services told us. */
export function createArrivals(db: Db): Arrivals {
  // As a range, so that the index serves it; no reference holds the last character of all.
  const beginsWith = (from: string | Placeholder, to: string | Placeholder) =>
    and(gte(arrivals.thread, from), lt(arrivals.thread, to));
  const endOf = (prefix: string) => `${prefix}\u{10ffff}`;

  // Prepared once: many may arrive at the same moment, and the service waits for each to be kept.
  const insert = db
    .insert(arrivals)
    .values({
      id: sql.placeholder('id'),
      thread: sql.placeholder('thread'),
      content: sql.placeholder('content'),
      keptAt: sql.placeholder('keptAt'),
    })
    .onConflictDoNothing()
    .prepare();
  const latest = db
    .select({ thread: arrivals.thread })
    .from(arrivals)
    .where(beginsWith(sql.placeholder('from'), sql.placeholder('to')))
    .orderBy(desc(arrivals.number))
    .limit(1)
    .prepare();

  return {
    keep: (arrival, now) => insert.run({ ...arrival, keptAt: now }).changes > 0,

    waiting: (prefix) =>
      db
        .select({ id: arrivals.id, thread: arrivals.thread, content: arrivals.content })
        .from(arrivals)
        .where(and(isNull(arrivals.doneAt), beginsWith(prefix, endOf(prefix))))
        .orderBy(asc(arrivals.number))
        .all(),

    first: (thread) =>
      db
        .select({ id: arrivals.id, thread: arrivals.thread, content: arrivals.content })
        .from(arrivals)
        .where(and(isNull(arrivals.doneAt), eq(arrivals.thread, thread)))
        .orderBy(asc(arrivals.number))
        .limit(1)
        .get() ?? null,

    done: (id, now) => {
      db.update(arrivals).set({ content: null, doneAt: now }).where(eq(arrivals.id, id)).run();
    },

    latestThread: (prefix) => latest.get({ from: prefix, to: endOf(prefix) })?.thread ?? null,
  };
}
