import { setTimeout as wait } from 'node:timers/promises';
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { asFailure, isWorthRetrying } from '../../domain/failure.ts';
import type { Receipt } from '../../domain/plan.ts';
import type { PartBuilder, PartWorker } from '../../ports/job-queue.ts';
import { openRedis } from './redis-link.ts';
import { PARTS, type PartJob, PREFIX, readPartJob, runKey, writeFailure } from './redis-names.ts';
import { MAX_STALLED, PACE } from './redis-pace.ts';
import { progressWriter } from './redis-progress.ts';
import type { RedisOptions } from './redis-queue.ts';

type Running = { job: PartJob; stop: AbortController; why: 'unwanted' | 'stopping' | null };

/** A worker's side of a queue in Redis: takes parts and has them built, so many at a time. */
export function createRedisWorker(
  options: Omit<RedisOptions, 'retry'> & { concurrency: number; buildPart: PartBuilder },
): PartWorker {
  const { url, log, concurrency, buildPart, pace = PACE } = options;
  const link = openRedis(url, log);
  const running = new Map<string, Running>();
  let isClosing = false;

  const worker = new Worker<unknown, Receipt>(PARTS, take, {
    connection: link.patient,
    prefix: PREFIX,
    concurrency,
    lockDuration: pace.lockMs,
    stalledInterval: pace.lockMs / 2,
    maxStalledCount: MAX_STALLED,
    runRetryDelay: pace.lookMs,
  });
  worker.on('error', link.onError);
  // Somebody else has the part by now, or will have it.
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) stop(running.get(id), 'unwanted');
  });
  const timer = setInterval(() => void lookForUnwanted(), pace.lookMs);

  async function take(job: Job<unknown, Receipt>, token?: string): Promise<Receipt> {
    // It was on its way when the worker was told to stop.
    if (isClosing) return giveBack(job, token);
    const part = readPartJob(job.data);
    if ((await link.patient.get(runKey(part.exportId))) !== part.run) throw unwanted();
    const own: Running = { job: part, stop: new AbortController(), why: null };
    const id = job.id ?? '';
    running.set(id, own);
    try {
      return await build(own);
    } catch (error) {
      if (own.why === 'unwanted') throw unwanted();
      if (own.why === 'stopping') return giveBack(job, token);
      throw told(job, part, error);
    } finally {
      running.delete(id);
    }
  }

  async function giveBack(job: Job, token?: string): Promise<never> {
    await job.moveToWait(token);
    throw new WaitingError();
  }

  async function build({ job, stop }: Running): Promise<Receipt> {
    const { exportId, number } = job;
    const progress = progressWriter(link.quick, job);
    const begunAt = performance.now();
    try {
      const receipt = await buildPart({ exportId, number }, stop.signal, progress.report);
      await progress.done();
      const seconds = Math.round((performance.now() - begunAt) / 100) / 10;
      log.info({ exportId, part: number, bytes: receipt.sizeBytes, seconds }, 'part built');
      return receipt;
    } catch (error) {
      await progress.reset();
      throw error;
    }
  }

  function told(job: Job, { exportId, number }: PartJob, error: unknown): Error {
    const failure = asFailure(error);
    const { reason } = failure;
    log.warn({ exportId, part: number, tries: job.attemptsMade + 1, reason, error }, 'part failed');
    const text = writeFailure(failure);
    return isWorthRetrying(reason) ? new Error(text) : new UnrecoverableError(text);
  }

  /** Cancelled, put in anew, or gone with everything else in Redis. */
  async function lookForUnwanted(): Promise<void> {
    if (running.size === 0 || link.quick.status !== 'ready') return;
    const all = [...running.values()];
    const runs = await link.quick
      .mget(all.map(({ job }) => runKey(job.exportId)))
      .catch(() => null);
    for (const [index, own] of all.entries()) {
      if (runs && runs[index] !== own.job.run) stop(own, 'unwanted');
    }
  }

  function stop(own: Running | undefined, why: 'unwanted' | 'stopping'): void {
    if (!own || own.why) return;
    own.why = why;
    own.stop.abort();
  }

  async function close(): Promise<void> {
    isClosing = true;
    await worker.pause(true);
    for (let ms = 0; running.size > 0 && ms < pace.graceMs; ms += 50) await wait(50);
    for (const own of running.values()) stop(own, 'stopping');
    await link.close(() => worker.close());
    clearInterval(timer);
  }

  return { close };
}

function unwanted(): UnrecoverableError {
  return new UnrecoverableError('Nobody wants it any more.');
}
