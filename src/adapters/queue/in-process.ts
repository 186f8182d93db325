import { asFailure, isWorthRetrying } from '../../domain/failure.ts';
import {
  type Plan,
  type PlannedPart,
  type Progress,
  progressOf,
  type Receipt,
} from '../../domain/plan.ts';
import type { BuildHandlers, JobQueue, PartBuilder, PartProgress } from '../../ports/job-queue.ts';
import { RETRY, type Retry, waitMs } from './retry.ts';

type Work = {
  plan: Plan;
  /** Parts that nobody has begun yet. */
  waiting: Try[];
  running: Map<number, PartProgress>;
  receipts: Receipt[];
  stop: AbortController;
};

/** A part, and how often it was tried in vain. */
type Try = { part: PlannedPart; failed: number };

/**
 * Builds parts on this machine, a few at a time, taking turns between exports so that a large one does not hold up a
 * small one. Nothing is stored here: after a restart the exports that were being built are submitted again, and their
 * receipts say what is done.
 */
export function createInProcessQueue(options: {
  concurrency: number;
  buildPart: PartBuilder;
  retry?: Retry;
}): JobQueue {
  const { concurrency, buildPart, retry = RETRY } = options;
  const works = new Map<string, Work>();
  const jobs = new Set<Promise<void>>();
  const waits = new Set<NodeJS.Timeout>();
  let handlers: BuildHandlers | null = null;
  let closed = false;

  function fill(): void {
    while (!closed && handlers && jobs.size < concurrency) {
      const work = nextWork();
      const next = work?.waiting.shift();
      if (!work || !next) return;
      // The export that was served goes to the end of the queue: exports take turns.
      works.delete(work.plan.exportId);
      works.set(work.plan.exportId, work);
      run(build(handlers, work, next));
    }
  }

  function run(work: Promise<void>): void {
    const job = work.finally(() => {
      jobs.delete(job);
      fill();
    });
    jobs.add(job);
  }

  function nextWork(): Work | undefined {
    return [...works.values()].find((work) => work.waiting.length > 0);
  }

  async function build(to: BuildHandlers, work: Work, { part, failed }: Try): Promise<void> {
    const { plan, running, receipts, stop } = work;
    const { exportId } = plan;
    const ref = { exportId, number: part.number };
    running.set(part.number, { files: 0, bytes: 0 });
    try {
      const receipt = await buildPart(ref, stop.signal, (done) => {
        running.set(part.number, done);
        to.progress(plan, progressNow(work));
      });
      running.delete(part.number);
      receipts.push(receipt);
      to.progress(plan, progressNow(work));
      if (receipts.length === plan.parts.length) await finish(to, work);
    } catch (error) {
      running.delete(part.number);
      // Whoever stopped the export knows why; its other parts end with errors that mean nothing.
      if (stop.signal.aborted) return;
      const again = { part, failed: failed + 1 };
      if (mayPass(error) && again.failed < retry.tries) {
        return later(() => work.waiting.push(again), waitMs(retry, again.failed));
      }
      stop.abort();
      await to.failed(plan, error);
      forget(work);
    }
  }

  async function finish(to: BuildHandlers, work: Work, failed = 0): Promise<void> {
    try {
      await to.allBuilt(work.plan, inOrder(work.receipts));
    } catch (error) {
      if (mayPass(error) && failed + 1 < retry.tries) {
        return later(() => run(finish(to, work, failed + 1)), waitMs(retry, failed + 1));
      }
      await to.failed(work.plan, error);
    }
    forget(work);
  }

  /** Last of all, so that it is not taken anew while its end is still being written down. */
  function forget({ plan, stop }: Work): void {
    if (works.get(plan.exportId)?.stop === stop) works.delete(plan.exportId);
  }

  function later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      waits.delete(timer);
      work();
      fill();
    }, ms);
    waits.add(timer);
  }

  return {
    start: async (given) => {
      handlers = given;
      fill();
    },

    submit: async (plan) => {
      const isEmpty = plan.parts.length === 0;
      if (closed || works.has(plan.exportId) || (isEmpty && !handlers)) return;
      const waiting = plan.parts.map((part) => ({ part, failed: 0 }));
      const stop = new AbortController();
      const work: Work = { plan, waiting, running: new Map(), receipts: [], stop };
      works.set(plan.exportId, work);
      if (handlers && isEmpty) run(finish(handlers, work));
      fill();
    },

    cancel: async (exportId) => {
      works.get(exportId)?.stop.abort();
      works.delete(exportId);
    },

    close: async () => {
      closed = true;
      for (const timer of waits) clearTimeout(timer);
      for (const work of works.values()) work.stop.abort();
      await Promise.allSettled(jobs);
      works.clear();
    },
  };
}

function progressNow({ plan, receipts, running }: Work): Progress {
  const done = new Set(receipts.map(({ number }) => number));
  const parts = [...running.values()];
  return progressOf(plan, done, {
    count: parts.reduce((sum, part) => sum + part.files, 0),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
  });
}

function mayPass(error: unknown): boolean {
  return isWorthRetrying(asFailure(error).reason);
}

function inOrder(receipts: Receipt[]): Receipt[] {
  return [...receipts].sort((a, b) => a.number - b.number);
}
