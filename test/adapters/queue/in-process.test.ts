import { expect, test } from 'vitest';
import { createInProcessQueue } from '../../../src/adapters/queue/in-process.ts';
import { DATA_SETS, type SourceTotals } from '../../../src/domain/content.ts';
import { DEFAULT_OPTIONS } from '../../../src/domain/options.ts';
import type { Plan, PlannedPart, Receipt } from '../../../src/domain/plan.ts';
import type { BuildHandlers } from '../../../src/ports/job-queue.ts';

const NOTHING: SourceTotals = {
  rows: Object.fromEntries(DATA_SETS.map((name) => [name, 0])) as SourceTotals['rows'],
  files: { attachments: {}, cvs: {} },
};

function planOf(exportId: string, parts: number): Plan {
  return {
    exportId,
    accountId: exportId,
    accountName: exportId,
    options: DEFAULT_OPTIONS,
    plannedAt: '2026-03-02T10:00:00Z',
    totals: NOTHING,
    planned: NOTHING,
    parts: Array.from({ length: parts }, (_, index) => ({
      number: index + 1,
      name: `${exportId}-${index + 1}.zip`,
      section: 'cvs' as const,
      stretches: [],
      count: 10,
      bytes: 1000,
    })),
  };
}

function receiptOf(part: PlannedPart): Receipt {
  return {
    number: part.number,
    name: part.name,
    section: part.section,
    sizeBytes: 1,
    sha256: '',
    entries: part.count,
    rows: {},
    files: {},
    missing: [],
    builtAt: '2026-03-02T10:00:00Z',
  };
}

/** Handlers that write down what was asked of them and wait where a test wants them to. */
function recorder(wait: (name: string, signal: AbortSignal) => Promise<void> = async () => {}) {
  const seen: string[] = [];
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let open = 0;
  let peak = 0;
  const handlers: BuildHandlers = {
    buildPart: async (_plan, part, signal, onProgress) => {
      seen.push(part.name);
      open += 1;
      peak = Math.max(peak, open);
      onProgress({ files: 5, bytes: 500 });
      try {
        await wait(part.name, signal);
      } finally {
        open -= 1;
      }
      return receiptOf(part);
    },
    allBuilt: async (plan, receipts) => {
      seen.push(`${plan.exportId} done with ${receipts.map((receipt) => receipt.number)}`);
      settle();
    },
    progress: (_plan, progress) => {
      progressed.push(progress.bytes.done);
    },
    failed: async (plan, error) => {
      seen.push(`${plan.exportId} failed: ${error instanceof Error ? error.message : error}`);
      settle();
    },
  };
  const progressed: number[] = [];
  return { handlers, seen, settled, progressed, peak: () => peak };
}

test('builds every part once, no more at a time than it may, and hands over the receipts in order', async () => {
  const queue = createInProcessQueue({ concurrency: 2 });
  const { handlers, seen, settled, progressed, peak } = recorder(async (name) => {
    if (name === 'a-1.zip') await new Promise((resolve) => setImmediate(resolve));
  });
  await queue.start(handlers);
  await queue.submit(planOf('a', 5));
  await queue.submit(planOf('a', 5));
  await settled;
  expect(seen.filter((line) => line.endsWith('.zip'))).toHaveLength(5);
  expect(seen.at(-1)).toBe('a done with 1,2,3,4,5');
  expect(peak()).toBe(2);
  expect(progressed.at(-1)).toBe(5000);
});

test('a small export does not wait for a large one', async () => {
  const queue = createInProcessQueue({ concurrency: 1 });
  const { handlers, seen, settled } = recorder();
  await queue.submit(planOf('large', 50));
  await queue.submit(planOf('small', 2));
  await queue.start(handlers);
  await settled;
  expect(seen.indexOf('small done with 1,2')).toBeGreaterThan(0);
  expect(seen.indexOf('small done with 1,2')).toBeLessThan(8);
  await queue.close();
});

test('one part that fails stops the export, and says so once', async () => {
  const queue = createInProcessQueue({ concurrency: 3 });
  const { handlers, seen, settled } = recorder(async (name) => {
    if (name === 'a-2.zip') throw new Error('the disk is full');
  });
  await queue.start(handlers);
  await queue.submit(planOf('a', 9));
  await settled;
  await queue.close();
  expect(seen.filter((line) => line.includes('failed'))).toEqual(['a failed: the disk is full']);
  expect(seen.some((line) => line.includes('done'))).toBe(false);
});

test('an error at the end is told too', async () => {
  const queue = createInProcessQueue({ concurrency: 1 });
  const { handlers, seen, settled } = recorder();
  await queue.start({
    ...handlers,
    allBuilt: async () => {
      throw new Error('the counts differ');
    },
  });
  await queue.submit(planOf('a', 1));
  await settled;
  expect(seen.at(-1)).toBe('a failed: the counts differ');
});

test('cancelling reaches a part that is being built', async () => {
  const queue = createInProcessQueue({ concurrency: 1 });
  let begun = () => {};
  const running = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let aborted = false;
  const { handlers, seen } = recorder(
    (_name, signal) =>
      new Promise((_resolve, reject) => {
        begun();
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('aborted'));
        });
      }),
  );
  await queue.start(handlers);
  await queue.submit(planOf('a', 3));
  await running;
  await queue.cancel('a');
  await queue.close();
  expect(aborted).toBe(true);
  expect(seen).toEqual(['a-1.zip']);
});

test('an export without parts is finished at once', async () => {
  const queue = createInProcessQueue({ concurrency: 1 });
  const { handlers, seen } = recorder();
  await queue.start(handlers);
  await queue.submit(planOf('empty', 0));
  expect(seen).toEqual(['empty done with ']);
});
