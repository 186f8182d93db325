import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { ExportRuns } from '../src/ports/exports.ts';
import type { Db } from './open.ts';
import { exportRuns, receipts } from './schema.ts';

/** The runs of the pipeline and the receipts of their parts. */
export function createExportRuns(db: Db): ExportRuns {
  return {
    start: ({ id, ticketNumber }, now) =>
      db
        .insert(exportRuns)
        .values({ id, ticketNumber, status: 'planning', startedAt: now })
        .returning()
        .get(),

    find: (id) => db.select().from(exportRuns).where(eq(exportRuns.id, id)).get() ?? null,

    planned: (id, plan) => {
      db.update(exportRuns).set({ plan, status: 'building' }).where(eq(exportRuns.id, id)).run();
    },

    progress: (id, progress, now) => {
      db.update(exportRuns).set({ progress, progressAt: now }).where(eq(exportRuns.id, id)).run();
    },

    built: (id, receipt) => {
      db.insert(receipts)
        .values({ exportId: id, number: receipt.number, receipt })
        .onConflictDoUpdate({ target: [receipts.exportId, receipts.number], set: { receipt } })
        .run();
    },

    receipts: (id) =>
      db
        .select({ receipt: receipts.receipt })
        .from(receipts)
        .where(eq(receipts.exportId, id))
        .orderBy(asc(receipts.number))
        .all()
        .map((row) => row.receipt),

    end: (id, status, now) => {
      db.update(exportRuns)
        .set(status === 'removed' ? { status } : { status, finishedAt: now })
        .where(eq(exportRuns.id, id))
        .run();
    },

    bytesPerSecond: () => {
      const speeds = db
        .select({
          speed: sql<number>`sum(json_extract(${receipts.receipt}, '$.sizeBytes')) * 1000.0 / max(1, ${exportRuns.finishedAt} - ${exportRuns.startedAt})`,
        })
        .from(exportRuns)
        .innerJoin(receipts, eq(receipts.exportId, exportRuns.id))
        .where(
          and(
            isNotNull(exportRuns.finishedAt),
            sql`${exportRuns.status} in ('finished', 'removed')`,
          ),
        )
        .groupBy(exportRuns.id)
        // What was removed may have been stopped halfway before that.
        .having(
          sql`${exportRuns.status} = 'finished' or count(*) = json_array_length(${exportRuns.plan}, '$.parts')`,
        )
        .orderBy(desc(exportRuns.finishedAt))
        .limit(10)
        .all()
        .map((row) => row.speed)
        .sort((a, b) => a - b);
      return speeds[Math.floor(speeds.length / 2)] ?? null;
    },
  };
}
