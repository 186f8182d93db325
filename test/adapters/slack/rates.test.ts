import { expect, test } from 'vitest';
import { CALLS_A_MINUTE, createRates } from '../../../src/adapters/slack/rates.ts';
import { SendError } from '../../../src/domain/send-error.ts';

const MINUTE_MS = 60_000;

/** The most calls in any minute. */
function busiestMinute(times: number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE_MS).length),
  );
}

/** Makes calls as a dispatcher does: what is sent away comes again at the time that it was told. */
async function callsOf(method: string, channels: (string | null)[]) {
  let now = 0;
  let waited = 0;
  const rates = createRates({
    nowMs: () => now,
    wait: async (ms) => {
      waited = ms;
    },
  });
  let most = 0;
  const made: { at: number; channel: string | null }[] = [];
  const queue = channels.map((channel) => ({ channel, at: 0, times: 0 }));
  while (queue.length > 0) {
    queue.sort((a, b) => a.at - b.at);
    const next = queue.shift();
    if (!next) break;
    now = Math.max(now, next.at);
    waited = 0;
    try {
      await rates.turn(method, next.channel);
      made.push({ at: now + waited, channel: next.channel });
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      expect(error.untried).toBe(true);
      next.times += 1;
      most = Math.max(most, next.times);
      queue.push({ ...next, at: now + (error.retryAfterSeconds ?? 0) * 1000 });
    }
  }
  return { made, most, endedAt: now };
}

test.each(Object.entries(CALLS_A_MINUTE))(
  '%s is called at most %d times in any minute, and not much less',
  async (method, perMinute) => {
    const { made, endedAt } = await callsOf(
      method,
      Array.from({ length: 400 }, () => null),
    );
    expect(made).toHaveLength(400);
    expect(busiestMinute(made.map(({ at }) => at))).toBeLessThanOrEqual(perMinute);
    expect(endedAt).toBeLessThan((400 / (perMinute / 2)) * MINUTE_MS);
  },
);

test('a channel gets about one message a second, and others are not held up by it', async () => {
  const channels = Array.from({ length: 300 }, (_, n) => (n < 200 ? 'C0DESK' : `D${n}`));
  const { made, most } = await callsOf('chat.postMessage', channels);
  const desk = made.filter(({ channel }) => channel === 'C0DESK').map(({ at }) => at);
  expect(busiestMinute(desk)).toBeLessThanOrEqual(60);
  const others = made.filter(({ channel }) => channel !== 'C0DESK').map(({ at }) => at);
  expect(Math.max(...others)).toBeLessThan(MINUTE_MS);
  // Whoever is sent away is told a moment of their own and need not come again and again.
  expect(most).toBeLessThanOrEqual(5);
});

test('a few calls go at once', async () => {
  const { made } = await callsOf('chat.postMessage', ['C1', 'C1', 'C1', 'C2', 'C3']);
  expect(made.every(({ at }) => at === 0)).toBe(true);
});
