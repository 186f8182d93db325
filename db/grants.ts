import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Grant } from '../src/domain/grant.ts';
import type { Grants } from '../src/ports/grants.ts';
import type { Change } from '../src/ports/tickets.ts';
import type { Db } from './open.ts';
import { grantHistory, grants } from './schema-access.ts';

/** The accesses to the platform that were asked for. */
export function createGrants(db: Db): Grants {
  return {
    find: (number) => db.select().from(grants).where(eq(grants.number, number)).get() ?? null,

    list: ({ statuses, accountId, thread }) =>
      db
        .select()
        .from(grants)
        .where(
          and(
            statuses && inArray(grants.status, [...statuses]),
            accountId === undefined ? undefined : eq(grants.accountId, accountId),
            thread === undefined ? undefined : eq(grants.thread, thread),
          ),
        )
        .orderBy(desc(grants.number))
        .all(),

    history: (number) =>
      db
        .select()
        .from(grantHistory)
        .where(eq(grantHistory.grantNumber, number))
        .orderBy(asc(grantHistory.id))
        .all()
        .map(({ at, actor, event, detail }) => ({ at, actor, event, detail })),
  };
}

type Writer = Pick<Db, 'insert' | 'update'>;

/**
 * Writes an access within a change.
 * @returns the access as it is now; null when somebody changed it first
 */
export function writeGrant(tx: Writer, change: NonNullable<Change['grant']>): Grant | null {
  const stored =
    'open' in change
      ? tx
          .insert(grants)
          .values({ ...change.open, version: 1 })
          .returning()
          .get()
      : update(tx, change.before, change.after);
  if (!stored) return null;
  for (const entry of change.history) {
    tx.insert(grantHistory)
      .values({ ...entry, grantNumber: stored.number })
      .run();
  }
  return stored;
}

function update(tx: Writer, before: Grant, after: Grant): Grant | null {
  const { number, version: _version, ...columns } = after;
  const version = before.version + 1;
  const done = tx
    .update(grants)
    .set({ ...columns, version })
    .where(and(eq(grants.number, number), eq(grants.version, before.version)))
    .run();
  return done.changes === 1 ? { ...after, version } : null;
}
