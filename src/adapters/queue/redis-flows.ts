import { randomUUID } from 'node:crypto';
import { FlowProducer, type Job, Queue } from 'bullmq';
import type { Plan } from '../../domain/plan.ts';
import type { RedisLink } from './redis-link.ts';
import {
  EXPORTS,
  type FinishJob,
  PARTS,
  type PartJob,
  PREFIX,
  progressKey,
  readFinishJob,
  runKey,
} from './redis-names.ts';
import type { Retry } from './retry.ts';

/** What stands in Redis of exports: each is a flow, its parts the children of the job that finishes it. */
export type Flows = {
  has(exportId: string): Promise<boolean>;
  add(plan: Plan): Promise<void>;
  /** Parts that are being built are stopped by their workers, which look for the run. */
  drop(exportId: string): Promise<void>;
  /** Exports whose finishing has not begun. */
  waiting(): Promise<string[]>;
  /** Workers that are connected now. */
  workers(): Promise<number>;
  close(): Promise<void>;
};

/** The highest priority number that BullMQ takes. */
const LAST_TURN = 2 ** 21 - 1;

export function createFlows(link: RedisLink, retry: Retry): Flows {
  const connection = link.quick;
  const exports = new Queue<FinishJob>(EXPORTS, { connection, prefix: PREFIX });
  const parts = new Queue<PartJob>(PARTS, { connection, prefix: PREFIX });
  const flows = new FlowProducer({ connection, prefix: PREFIX });
  exports.on('error', link.onError);
  parts.on('error', link.onError);
  flows.on('error', link.onError);

  const options = {
    attempts: retry.tries,
    backoff: { type: 'exponential', delay: retry.firstWaitMs },
    // The results and failures of parts are kept with the job that finishes the export.
    removeOnComplete: true,
    removeOnFail: true,
  };

  /**
   * Exports take turns: BullMQ has no groups that are served in a circle, and a queue for each export would have every
   * worker wait on all of them. So the n-th part of an export has the turn n as its priority, counted from the turn
   * that is being served when the export comes (start-time fair queueing). Whoever comes with two parts waits for
   * two turns of the others, however many parts they have.
   */
  async function nextTurn(): Promise<number> {
    const [first] = await parts.getJobs(['prioritized'], 0, 0, true);
    return first?.opts.priority ?? 1;
  }

  return {
    async has(exportId) {
      const job = await exports.getJob(exportId);
      if (!job) return false;
      return readFinishJob(job.data).run === (await link.quick.get(runKey(exportId)));
    },

    async add({ exportId, parts: planned }) {
      const run = randomUUID().slice(0, 8);
      const turn = await nextTurn();
      await link.quick.set(runKey(exportId), run);
      await flows.add({
        name: 'finish',
        queueName: EXPORTS,
        data: { exportId, run },
        opts: { ...options, jobId: exportId },
        children: planned.map(({ number }, index) => ({
          name: 'part',
          queueName: PARTS,
          data: { exportId, run, number },
          opts: {
            ...options,
            jobId: `${exportId}.${run}.${number}`,
            priority: Math.min(turn + index, LAST_TURN),
            // One that failed for good is told at once, not after hundreds of others.
            continueParentOnFailure: true,
          },
        })),
      });
    },

    async drop(exportId) {
      await link.quick.del(runKey(exportId), progressKey(exportId));
      const job = await exports.getJob(exportId);
      if (!job) return;
      await job.removeUnprocessedChildren();
      await removeUnlessTaken(job);
    },

    async waiting() {
      const jobs = await exports.getJobs(['waiting-children', 'wait', 'delayed', 'prioritized']);
      return jobs.map((job) => readFinishJob(job.data).exportId);
    },

    workers: () => parts.getWorkersCount(),

    async close() {
      await Promise.allSettled([flows.close(), exports.close(), parts.close()]);
    },
  };
}

/** A job that this bot is just finishing ends by itself. */
async function removeUnlessTaken(job: Job): Promise<void> {
  await job.remove({ removeChildren: false }).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes('locked'))) throw error;
  });
}
