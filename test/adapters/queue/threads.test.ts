import { afterEach, expect, test } from 'vitest';
import { createThreads, type Threads } from '../../../src/adapters/queue/threads.ts';

const ENTRY = new URL('../../support/odd-builder.ts', import.meta.url);
const { signal: NEVER } = new AbortController();

let threads: Threads;
afterEach(() => threads.close());

function open(size: number, data: object = {}, pace = {}): Threads {
  threads = createThreads({ entry: ENTRY, data, size, ...pace });
  return threads;
}

const part = (exportId: string, number = 1) => ({ exportId, number });

test('parts are built in as many threads as there may be, one at a time in each', async () => {
  const { run } = open(2);
  const numbers = [1, 2, 3, 4, 5, 6];
  const receipts = await Promise.all(numbers.map((n) => run('part', part('a', n), NEVER)));
  expect(receipts.map(({ number }) => number)).toEqual(numbers);
  expect(new Set(receipts.map(({ entries }) => entries)).size).toBe(2);
});

test('progress and plain data cross the border', async () => {
  const { run } = open(1, { totals: { rows: 7 } });
  const progress: object[] = [];
  await run('part', part('a'), NEVER, (done) => progress.push(done));
  expect(progress).toEqual([{ files: 1, bytes: 10 }]);
  const selection = { jobs: null, from: null, to: null };
  const totals = await run('totals', { accountId: 'acme', selection }, NEVER);
  expect(totals).toEqual({ rows: 7, accountId: 'acme' });
});

test('a failure keeps its reason, and the thread goes on', async () => {
  const { run } = open(1);
  await expect(run('part', part('fails'), NEVER)).rejects.toMatchObject({
    reason: 'disk_full',
    message: 'The disk is full.',
    nextStep: expect.stringContaining('Make room'),
  });
  expect(await run('part', part('a'), NEVER)).toMatchObject({ number: 1 });
});

test('what cannot be opened is tried again with the next part', async () => {
  const { run } = open(1, { failsToOpen: true });
  await expect(run('part', part('a'), NEVER)).rejects.toMatchObject({
    reason: 'source_unreadable',
  });
  expect(await run('part', part('a'), NEVER)).toMatchObject({ number: 1 });
});

test.each(['dies', 'throws outside'])(
  'a thread that %s fails its part, and another takes the next',
  async (how) => {
    const { run } = open(1);
    const broken = run('part', part(how), NEVER);
    const next = run('part', part('a'), NEVER);
    await expect(broken).rejects.toMatchObject({
      reason: 'unexpected',
      message: expect.stringMatching(/^The thread for a part died: .+\.$/),
    });
    expect(await next).toMatchObject({ number: 1 });
  },
);

test('aborting reaches a part that is being built, and one that waits', async () => {
  const { run } = open(1);
  const stop = new AbortController();
  const building = run('part', part('waits'), stop.signal, () => stop.abort());
  const waiting = run('part', part('a'), stop.signal);
  for (const one of await Promise.allSettled([building, waiting])) {
    expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'cancelled' } });
  }
  await expect(run('part', part('a'), stop.signal)).rejects.toMatchObject({ reason: 'cancelled' });
});

test('closing stops what is being built and takes nothing more', async () => {
  const { run, close } = open(1);
  const building = run('part', part('waits'), NEVER);
  const waiting = run('part', part('a'), NEVER);
  const both = Promise.allSettled([building, waiting]);
  await close();
  for (const one of await both) {
    expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'cancelled' } });
  }
  await expect(run('part', part('a'), NEVER)).rejects.toMatchObject({ reason: 'cancelled' });
});

test('a thread that does not listen is ended all the same', async () => {
  const { run, close } = open(1, {}, { stopWithinMs: 100 });
  const begun = Promise.withResolvers<void>();
  const building = run('part', part('hangs'), NEVER, () => begun.resolve());
  const failed = expect(building).rejects.toMatchObject({ reason: 'cancelled' });
  await begun.promise;
  await close();
  await failed;
});
