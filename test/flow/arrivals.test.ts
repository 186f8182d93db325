import { afterEach, beforeEach, expect, test } from 'vitest';
import { createArrivals } from '../../db/arrivals.ts';
import { openDatabase } from '../../db/open.ts';
import { SendError } from '../../src/domain/send-error.ts';
import { createWork } from '../../src/flow/arrivals.ts';
import type { Arrivals, Work } from '../../src/ports/arrivals.ts';
import { RecordingLog } from '../support/recorders.ts';

const now = () => new Date('2026-11-20T10:00:00Z');

let arrivals: Arrivals;
let close: () => void;
let work: Work | null = null;
beforeEach(() => {
  const database = openDatabase(':memory:');
  arrivals = createArrivals(database.db);
  close = database.close;
});
afterEach(async () => {
  await work?.stop();
  close();
});

/** Works until nothing waits; returns what was done, in order. */
async function workOff(
  contents: string[],
  handle: (content: string) => void | Promise<void>,
): Promise<string[]> {
  const done: string[] = [];
  for (const content of contents) {
    arrivals.keep({ id: content, thread: `x:${content.charAt(0)}`, content }, now());
  }
  work = createWork(arrivals, 'x:', { log: new RecordingLog(), now }, async (content) => {
    await handle(String(content));
    done.push(String(content));
  });
  work.start();
  await expect.poll(() => arrivals.waiting('x:').length, { timeout: 10_000 }).toBe(0);
  return done;
}

test('a service that asks to wait is waited for, however often', async () => {
  let asked = 0;
  const done = await workOff(['a1', 'a2'], (content) => {
    asked += 1;
    if (content === 'a1' && asked <= 12) throw new SendError('Wait.', { retryAfterSeconds: 0.002 });
  });
  expect(done).toEqual(['a1', 'a2']);
  expect(asked).toBe(14);
});

test('what can never be done is put aside at once, so that what follows is', async () => {
  const done = await workOff(['a1', 'a2'], (content) => {
    if (content === 'a1') throw new SendError('Gone.', { permanent: true });
  });
  expect(done).toEqual(['a2']);
});

test('a few threads at a time, each in its own order', async () => {
  const contents = [...'abcdefghijklmnopqrst'].flatMap((thread) => [`${thread}1`, `${thread}2`]);
  let atOnce = 0;
  let most = 0;
  const done = await workOff(contents, async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
  });
  expect([...done].sort()).toEqual(contents);
  expect(most).toBeLessThanOrEqual(8);
  for (const thread of 'abcdefghijklmnopqrst') {
    expect(done.indexOf(`${thread}1`)).toBeLessThan(done.indexOf(`${thread}2`));
  }
});
