import { asc, eq, sql } from 'drizzle-orm';
import type { DeskLog } from '../src/ports/desk-log.ts';
import type { Db } from './open.ts';
import {
  chatMessages,
  conversations,
  deskNotices,
  downloads,
  exportRuns,
  history,
  tickets,
} from './schema.ts';
import { grants } from './schema-access.ts';

/** The notices of the web desk. */
export function createDeskLog(db: Db): DeskLog {
  return {
    append: (ticketNumber, notice, key, now) => {
      db.insert(deskNotices)
        .values({ ticketNumber, key, at: now, level: notice.level, text: notice.text })
        .onConflictDoNothing()
        .run();
    },

    of: (ticketNumber) =>
      db
        .select()
        .from(deskNotices)
        .where(eq(deskNotices.ticketNumber, ticketNumber))
        .orderBy(asc(deskNotices.id))
        .all()
        .map(({ id, at, level, text }) => ({ id, ticketNumber, at, level, text })),

    revision: () => {
      const row = db.get<{ revision: string }>(sql`select
        coalesce((select max(id) from ${history}), 0) || '.' ||
        coalesce((select max(id) from ${deskNotices}), 0) || '.' ||
        coalesce((select max(id) from ${downloads}), 0) || '.' ||
        coalesce((select max(id) from ${chatMessages}), 0) || '.' ||
        coalesce((select sum(version) from ${tickets}), 0) || '.' ||
        coalesce((select sum(version) from ${grants}), 0) || '.' ||
        coalesce((select count(*) || '/' || sum(human_since) from ${conversations} where human_since is not null), 0) || '.' ||
        coalesce((select max(progress_at) from ${exportRuns}), 0) as revision`);
      return row.revision;
    },
  };
}
