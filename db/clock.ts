import { eq, sql } from 'drizzle-orm';
import type { Clock } from '../src/ports/clock.ts';
import type { Db } from './open.ts';
import { clockOffset } from './schema.ts';

const ONLY_ROW = 1;

/** The machine's clock, moved by what the database says; every process on the database agrees on the time. */
export function createClock(db: Db, options: { mayJump: boolean }): Clock {
  const offset = db.select().from(clockOffset).where(eq(clockOffset.id, ONLY_ROW)).prepare();
  return {
    now: () => {
      if (!options.mayJump) return new Date();
      const row = offset.get();
      return new Date(Date.now() + (row?.ms ?? 0));
    },

    jump: (hours) => {
      if (!options.mayJump) throw new Error('The clock can be moved with the sample ATS only.');
      const ms = Math.round(hours * 3_600_000);
      if (!(ms > 0)) throw new Error('The clock can only be moved forward.');
      db.insert(clockOffset)
        .values({ id: ONLY_ROW, ms })
        .onConflictDoUpdate({ target: clockOffset.id, set: { ms: sql`${clockOffset.ms} + ${ms}` } })
        .run();
    },
  };
}
