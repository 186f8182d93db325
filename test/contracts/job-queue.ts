import { afterEach, expect, test } from 'vitest';
import { ExportFailure } from '../../src/domain/failure.ts';
import type { Receipt } from '../../src/domain/plan.ts';
import type { BuildHandlers, JobQueue, PartBuilder } from '../../src/ports/job-queue.ts';
import { partName, planOf, receiptOf } from '../support/small-plans.ts';

/** A queue with the builder of parts behind it, wherever that runs. It tries three times, with waits of milliseconds. */
export type OpenQueue = (options: {
  concurrency: number;
  buildPart: PartBuilder;
}) => Promise<{ queue: JobQueue; close(): Promise<void> }>;

/** What happens while a part is being built; a test lets it wait or fail. */
type During = (part: string, signal: AbortSignal) => Promise<void>;

/** What every queue does. */
export function jobQueueContract(open: OpenQueue): void {
  const closes: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closes.splice(0)) await close();
  });

  /** A queue whose parts do what a test says, and which writes down what was asked and told. */
  async function world(concurrency: number, during: During = async () => {}) {
    const seen: string[] = [];
    const progressed: number[] = [];
    const settled = Promise.withResolvers<void>();
    let running = 0;
    let peak = 0;
    const buildPart: PartBuilder = async (part, signal, onProgress): Promise<Receipt> => {
      seen.push(partName(part));
      running += 1;
      peak = Math.max(peak, running);
      onProgress({ files: 5, bytes: 500 });
      try {
        await during(partName(part), signal);
      } finally {
        running -= 1;
      }
      return receiptOf(part);
    };
    const handlers: BuildHandlers = {
      findPlan: async () => null,
      allBuilt: async (plan, receipts) => {
        seen.push(`${plan.exportId} done with ${receipts.map(({ number }) => number)}`);
        settled.resolve();
      },
      progress: (_plan, { bytes }) => void progressed.push(bytes.done),
      failed: async (plan, error) => {
        seen.push(`${plan.exportId} failed: ${error instanceof Error ? error.message : error}`);
        settled.resolve();
      },
    };
    const { queue, close } = await open({ concurrency, buildPart });
    closes.push(close);
    const ended = () => seen.filter((line) => / (done|failed)/.test(line));
    return {
      ...{ queue, handlers, seen, progressed, ended, close },
      settled: settled.promise,
      peak: () => peak,
    };
  }

  test('builds every part once, no more at a time than it may, and hands over the receipts in order', async () => {
    const second = Promise.withResolvers<void>();
    const { queue, handlers, seen, settled, progressed, peak } = await world(2, async (part) => {
      if (part === 'a-1') await second.promise;
      else second.resolve();
    });
    await queue.start(handlers);
    await queue.submit(planOf('a', 5));
    await queue.submit(planOf('a', 5));
    await settled;
    expect(seen.slice(0, -1).sort()).toEqual(['a-1', 'a-2', 'a-3', 'a-4', 'a-5']);
    expect(seen.at(-1)).toBe('a done with 1,2,3,4,5');
    expect(peak()).toBe(2);
    expect(progressed.at(-1)).toBe(5000);
  });

  test('a small export does not wait for a large one', async () => {
    const { queue, handlers, seen, settled } = await world(1);
    await queue.submit(planOf('large', 50));
    await queue.submit(planOf('small', 2));
    await queue.start(handlers);
    await settled;
    expect(seen.findIndex((line) => line.startsWith('small done'))).toBeGreaterThan(0);
    expect(seen.filter((line) => line.startsWith('large-')).length).toBeLessThan(8);
  });

  test('exports that came at different times take turns as well', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const { queue, handlers, seen, settled } = await world(1, async (part) => {
      if (part !== 'large-20') return;
      begun.resolve();
      await goOn.promise;
    });
    await queue.start(handlers);
    await queue.submit(planOf('large', 60));
    await begun.promise;
    await queue.submit(planOf('b', 3));
    await queue.submit(planOf('c', 3));
    goOn.resolve();
    await settled;
    const turns = seen.filter((line) => /^[bc]-/.test(line)).slice(0, 4);
    expect(turns.join(' ')).toMatch(/^(b-1 c-1|c-1 b-1) (b-2 c-2|c-2 b-2)$/);
    expect(seen.filter((line) => line.startsWith('large-')).length).toBeLessThan(28);
  });

  test('one part that fails for good stops the export, and says so once', async () => {
    const { queue, handlers, seen, settled, ended, close } = await world(3, async (part) => {
      if (part === 'a-2') throw new ExportFailure('disk_full', 'The disk is full.');
      await new Promise((resolve) => setImmediate(resolve));
    });
    await queue.start(handlers);
    await queue.submit(planOf('a', 90));
    await settled;
    await close();
    expect(ended()).toEqual(['a failed: The disk is full.']);
    expect(seen.length).toBeLessThan(60);
  });

  test('what may pass is tried again, what cannot pass is not', async () => {
    let faults = 0;
    const { queue, handlers, seen, settled, ended } = await world(1, async (part) => {
      if (part !== 'a-2' || faults === 2) return;
      faults += 1;
      throw new ExportFailure('store_unwritable', 'The store is away.');
    });
    await queue.start(handlers);
    await queue.submit(planOf('a', 3));
    await settled;
    expect(ended()).toEqual(['a done with 1,2,3']);
    expect(seen.filter((line) => line === 'a-2')).toHaveLength(3);
  });

  test('what does not pass in time fails with its reason', async () => {
    const { queue, handlers, seen, settled, ended } = await world(1, async () => {
      throw new ExportFailure('source_unreadable', 'The database is away: really.');
    });
    await queue.start({
      ...handlers,
      failed: async (plan, error) => {
        expect(error).toMatchObject({ reason: 'source_unreadable' });
        await handlers.failed(plan, error);
      },
    });
    await queue.submit(planOf('a', 1));
    await settled;
    expect(seen.filter((line) => line === 'a-1')).toHaveLength(3);
    expect(ended()).toEqual(['a failed: The database is away: really.']);
  });

  test('an error at the end is told too, once it was tried again', async () => {
    const { queue, handlers, seen, settled } = await world(1);
    let ends = 0;
    await queue.start({
      ...handlers,
      allBuilt: async () => {
        ends += 1;
        if (ends < 3) throw new ExportFailure('store_unwritable', 'The store is away.');
        throw new ExportFailure('counts_differ', 'The counts differ.');
      },
    });
    await queue.submit(planOf('a', 1));
    await settled;
    expect(ends).toBe(3);
    expect(seen.at(-1)).toBe('a failed: The counts differ.');
  });

  test('cancelling reaches a part that is being built', async () => {
    const begun = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const { queue, handlers, seen, close } = await world(1, async (_part, signal) => {
      begun.resolve();
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      }).finally(aborted.resolve);
    });
    await queue.start(handlers);
    await queue.submit(planOf('a', 3));
    await begun.promise;
    await queue.cancel('a');
    await aborted.promise;
    await close();
    expect(seen).toEqual(['a-1']);
  });

  test('an export can be submitted again after it was cancelled', async () => {
    const { queue, handlers, settled, ended } = await world(1);
    await queue.submit(planOf('a', 3));
    await queue.cancel('a');
    await queue.submit(planOf('a', 3));
    await queue.start(handlers);
    await settled;
    expect(ended()).toEqual(['a done with 1,2,3']);
  });

  test('an export without parts is finished at once', async () => {
    const { queue, handlers, settled, seen } = await world(1);
    await queue.start(handlers);
    await queue.submit(planOf('empty', 0));
    await settled;
    expect(seen).toEqual(['empty done with ']);
  });
}
