import type { Redis } from 'ioredis';
import { type Plan, type Progress, progressOf } from '../../domain/plan.ts';
import type { PartProgress } from '../../ports/job-queue.ts';
import { type PartJob, progressKey } from './redis-names.ts';

/** A part says so often how far it is. */
const SAID_EVERY_MS = 1_000;
const KEPT_SECONDS = 7 * 24 * 3600;
const DONE = 'done';

/** What a worker says of one part. What cannot be said is not worth a word: the next second brings another. */
export function progressWriter(redis: Redis, { exportId, number }: PartJob) {
  const key = progressKey(exportId);
  let saidAt = 0;
  const say = async (what: string): Promise<void> => {
    await redis.hset(key, String(number), what);
    await redis.expire(key, KEPT_SECONDS);
  };
  return {
    report({ files, bytes }: PartProgress): void {
      const now = performance.now();
      if (now - saidAt < SAID_EVERY_MS) return;
      saidAt = now;
      say(`${files} ${bytes}`).catch(() => {});
    },
    done: () => say(DONE).catch(() => {}),
    /** The part is begun anew, here or elsewhere. */
    reset: () => redis.hdel(key, String(number)).catch(() => 0),
  };
}

/** How far an export is, from what the workers said of its parts. */
export async function readProgress(redis: Redis, plan: Plan): Promise<Progress> {
  const done = new Set<number>();
  const current = { count: 0, bytes: 0 };
  for (const [number, what] of Object.entries(await redis.hgetall(progressKey(plan.exportId)))) {
    if (what === DONE) {
      done.add(Number(number));
      continue;
    }
    const [files = 0, bytes = 0] = what.split(' ').map(Number);
    current.count += files || 0;
    current.bytes += bytes || 0;
  }
  return progressOf(plan, done, current);
}
