import {
  type Plan,
  type PlannedPart,
  type Progress,
  progressOf,
  type Receipt,
} from '../../domain/plan.ts';
import type { BuildHandlers, JobQueue } from '../../ports/job-queue.ts';

type Work = {
  plan: Plan;
  /** Parts that nobody has begun yet. */
  waiting: PlannedPart[];
  running: Map<number, { files: number; bytes: number }>;
  receipts: Receipt[];
  stop: AbortController;
};

/**
 * Builds parts in this process, a few at a time, taking turns between exports so that a large one does not hold
 * up a small one. Nothing is stored here: after a restart the exports that were being built are submitted again,
 * and their receipts say what is done.
 */
export function createInProcessQueue(options: { concurrency: number }): JobQueue {
  const works = new Map<string, Work>();
  const jobs = new Set<Promise<void>>();
  let handlers: BuildHandlers | null = null;
  let closed = false;

  function fill(): void {
    while (!closed && handlers && jobs.size < options.concurrency) {
      const work = nextWork();
      const part = work?.waiting.shift();
      if (!work || !part) return;
      // The export that was served goes to the end of the queue: exports take turns.
      works.delete(work.plan.exportId);
      works.set(work.plan.exportId, work);
      const job = build(handlers, work, part).finally(() => {
        jobs.delete(job);
        fill();
      });
      jobs.add(job);
    }
  }

  function nextWork(): Work | undefined {
    return [...works.values()].find((work) => work.waiting.length > 0);
  }

  async function build(to: BuildHandlers, work: Work, part: PlannedPart): Promise<void> {
    const own = { files: 0, bytes: 0 };
    work.running.set(part.number, own);
    try {
      const receipt = await to.buildPart(work.plan, part, work.stop.signal, (done) => {
        Object.assign(own, done);
        to.progress(work.plan, progressNow(work));
      });
      work.running.delete(part.number);
      work.receipts.push(receipt);
      to.progress(work.plan, progressNow(work));
      if (work.receipts.length === work.plan.parts.length) await finish(to, work);
    } catch (error) {
      work.running.delete(part.number);
      // Whoever stopped the export knows why; its other parts end with errors that mean nothing.
      if (work.stop.signal.aborted) return;
      works.delete(work.plan.exportId);
      work.stop.abort();
      await to.failed(work.plan, error);
    }
  }

  async function finish(to: BuildHandlers, work: Work): Promise<void> {
    works.delete(work.plan.exportId);
    try {
      await to.allBuilt(work.plan, inOrder(work.receipts));
    } catch (error) {
      await to.failed(work.plan, error);
    }
  }

  return {
    start: async (given) => {
      handlers = given;
      fill();
    },

    submit: async (plan) => {
      if (closed || works.has(plan.exportId)) return;
      const work: Work = {
        plan,
        waiting: [...plan.parts],
        running: new Map(),
        receipts: [],
        stop: new AbortController(),
      };
      if (plan.parts.length === 0) {
        if (handlers) await finish(handlers, work);
        return;
      }
      works.set(plan.exportId, work);
      fill();
    },

    cancel: async (exportId) => {
      works.get(exportId)?.stop.abort();
      works.delete(exportId);
    },

    close: async () => {
      closed = true;
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

function inOrder(receipts: Receipt[]): Receipt[] {
  return [...receipts].sort((a, b) => a.number - b.number);
}
