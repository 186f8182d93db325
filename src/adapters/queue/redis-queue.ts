import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { asFailure, isWorthRetrying } from '../../domain/failure.ts';
import { type Plan, progressOf, type Receipt } from '../../domain/plan.ts';
import type { BuildHandlers, JobQueue } from '../../ports/job-queue.ts';
import type { Log } from '../../ports/log.ts';
import { createFlows } from './redis-flows.ts';
import { openRedis } from './redis-link.ts';
import { EXPORTS, isReceipt, PREFIX, readFailure, readFinishJob, runKey } from './redis-names.ts';
import { PACE, type Pace } from './redis-pace.ts';
import { createTending } from './redis-tending.ts';
import { RETRY, type Retry } from './retry.ts';

export type RedisOptions = { url: string; log: Log; retry?: Retry; pace?: Pace };

/** Exports that are finished at the same time; it is little work. */
const FINISHING = 4;

/**
 * The bot's side of a queue in Redis: puts exports in and finishes them, while workers build the parts. Redis may lose
 * everything at any moment: what is submitted and not there is put in again.
 */
export function createRedisQueue({ url, log, retry = RETRY, pace = PACE }: RedisOptions): JobQueue {
  const link = openRedis(url, log);
  const flows = createFlows(link, retry);
  const tending = createTending({ link, flows, log, pace });
  let finisher: Worker | null = null;

  async function finish(handlers: BuildHandlers, job: Job): Promise<void> {
    const { exportId, run } = readFinishJob(job.data);
    const plan = tending.planOf(exportId) ?? (await handlers.findPlan(exportId));
    if (!plan || (await link.patient.get(runKey(exportId))) !== run) throw over();
    const [failed] = Object.values(await job.getFailedChildrenValues());
    if (failed !== undefined) return fail(handlers, plan, readFailure(failed));
    const receipts = await receiptsOf(job);
    // Redis has lost some: without its run the export is put in again, and what is built is found.
    if (receipts.length !== plan.parts.length) {
      await flows.drop(exportId);
      throw over();
    }
    const all = new Set(plan.parts.map(({ number }) => number));
    handlers.progress(plan, progressOf(plan, all, { count: 0, bytes: 0 }));
    try {
      await handlers.allBuilt(plan, receipts);
    } catch (error) {
      const isLast = job.attemptsMade + 1 >= retry.tries;
      if (isWorthRetrying(asFailure(error).reason) && !isLast) throw error;
      return fail(handlers, plan, error);
    }
    await end(exportId);
  }

  async function fail(handlers: BuildHandlers, plan: Plan, error: unknown): Promise<never> {
    await handlers.failed(plan, error);
    await end(plan.exportId);
    throw over();
  }

  async function end(exportId: string): Promise<void> {
    tending.forget(exportId);
    // The job itself is being worked on and stays; whatever of this cannot be done is done by `tending`.
    await flows.drop(exportId).catch(link.onError);
  }

  return {
    async start(handlers) {
      finisher = new Worker(EXPORTS, (job) => finish(handlers, job), {
        connection: link.patient,
        prefix: PREFIX,
        concurrency: FINISHING,
        lockDuration: pace.lockMs,
        stalledInterval: pace.lockMs / 2,
        // A bot that was killed again and again is no fault of the export.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        runRetryDelay: pace.lookMs,
      });
      finisher.on('error', link.onError);
      tending.start(handlers);
    },

    submit: (plan) => tending.submit(plan),

    async cancel(exportId) {
      tending.forget(exportId);
      await link.check();
      await flows.drop(exportId);
    },

    async close() {
      tending.stop();
      await link.close(async () => {
        await finisher?.close();
        await flows.close();
      });
    },
  };
}

/** Ends a job that nobody needs any more, without trying again. */
function over(): UnrecoverableError {
  return new UnrecoverableError('Nobody needs it any more.');
}

async function receiptsOf(job: Job): Promise<Receipt[]> {
  const values: unknown[] = Object.values(await job.getChildrenValues());
  return values.filter(isReceipt).sort((a, b) => a.number - b.number);
}
