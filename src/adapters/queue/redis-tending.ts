import type { Plan } from '../../domain/plan.ts';
import type { BuildHandlers } from '../../ports/job-queue.ts';
import type { Log } from '../../ports/log.ts';
import type { Flows } from './redis-flows.ts';
import type { RedisLink } from './redis-link.ts';
import type { Pace } from './redis-pace.ts';
import { readProgress } from './redis-progress.ts';

/** Looks after the exports that the bot has submitted. */
export type Tending = {
  start(handlers: BuildHandlers): void;
  submit(plan: Plan): Promise<void>;
  planOf(exportId: string): Plan | undefined;
  forget(exportId: string): void;
  stop(): void;
};

type Tended = { plan: Plan; checkedAt: number; said: string };

const NO_WORKER_EVERY_MS = 60_000;

/**
 * Sees to it that what was submitted is in Redis, that what nobody submits is not, and that the bot hears of progress.
 */
export function createTending(needs: {
  link: RedisLink;
  flows: Flows;
  log: Log;
  pace: Pace;
}): Tending {
  const { link, flows, log, pace } = needs;
  const tended = new Map<string, Tended>();
  /** Exports in Redis that nobody submits, and since when. */
  const orphans = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let sweptAt = performance.now();
  let saidAt = -NO_WORKER_EVERY_MS;

  async function submit(plan: Plan): Promise<void> {
    const { exportId } = plan;
    const own = tended.get(exportId) ?? { plan, checkedAt: -pace.checkMs, said: '' };
    tended.set(exportId, own);
    if (performance.now() - own.checkedAt < pace.checkMs) return;
    await link.check();
    own.checkedAt = performance.now();
    if (await flows.has(exportId)) return;
    await flows.drop(exportId);
    await flows.add(plan);
    log.info({ exportId, parts: plan.parts.length }, 'export put into the queue');
  }

  async function look(handlers: BuildHandlers): Promise<void> {
    if (isLooking || link.quick.status !== 'ready') return;
    isLooking = true;
    try {
      for (const own of tended.values()) await tellProgress(handlers, own);
      if (performance.now() - sweptAt < pace.checkMs) return;
      sweptAt = performance.now();
      await sweep();
      await missWorkers();
    } catch (error) {
      link.onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      isLooking = false;
    }
  }

  async function tellProgress(handlers: BuildHandlers, own: Tended): Promise<void> {
    const progress = await readProgress(link.quick, own.plan);
    const text = JSON.stringify(progress);
    if (text === own.said || !tended.has(own.plan.exportId)) return;
    own.said = text;
    handlers.progress(own.plan, progress);
  }

  /** Of an export that was cancelled while Redis was away, or whose bot died in the middle of cancelling. */
  async function sweep(): Promise<void> {
    const now = performance.now();
    const waiting = await flows.waiting();
    for (const exportId of orphans.keys())
      if (!waiting.includes(exportId)) orphans.delete(exportId);
    for (const exportId of waiting) {
      if (tended.has(exportId)) orphans.delete(exportId);
      else if (!orphans.has(exportId)) orphans.set(exportId, now);
      else if (now - (orphans.get(exportId) ?? now) >= pace.orphanMs) {
        await flows.drop(exportId);
        log.warn({ exportId }, 'an export that nobody wants was taken out of the queue');
      }
    }
  }

  async function missWorkers(): Promise<void> {
    if (tended.size === 0 || performance.now() - saidAt < NO_WORKER_EVERY_MS) return;
    // Some hosts of Redis do not say who is connected.
    const workers = await flows.workers().catch(() => null);
    if (workers !== 0) return;
    saidAt = performance.now();
    log.warn({}, 'parts wait, and no worker is connected; start one with "npm run worker"');
  }

  return {
    start(handlers) {
      timer = setInterval(() => void look(handlers), pace.lookMs);
    },
    submit,
    planOf: (exportId) => tended.get(exportId)?.plan,
    forget: (exportId) => void tended.delete(exportId),
    stop: () => clearInterval(timer),
  };
}
