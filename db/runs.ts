import { eq } from 'drizzle-orm';
import type { Runs } from '../src/ports/runs.ts';
import type { Db } from './open.ts';
import { scheduleRuns } from './schema.ts';

/** When each job of the schedule ran last. */
export function createRuns(db: Db): Runs {
  return {
    lastRunAt: (job) =>
      db.select().from(scheduleRuns).where(eq(scheduleRuns.job, job)).get()?.lastRunAt ?? null,

    ran: (job, now) => {
      db.insert(scheduleRuns)
        .values({ job, lastRunAt: now })
        .onConflictDoUpdate({ target: scheduleRuns.job, set: { lastRunAt: now } })
        .run();
    },
  };
}
