import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, MAX_TRIES, nextTryAt } from '../../src/domain/backoff.ts';

const now = new Date('2026-03-02T10:00:00Z');
const plain = { retryAfterSeconds: null, permanent: false };

test.each([
  [1, 500, 1_000],
  [2, 1_000, 2_000],
  [3, 2_000, 4_000],
  [11, 450_000, 900_000],
  [1_000, 450_000, 900_000],
])('after %i failed tries the wait is from %i to %i ms', (tries, least, most) => {
  expect(backoffMs(tries, 0)).toBe(least);
  expect(backoffMs(tries, 1)).toBe(most);
});

test('no wait is ever longer than 15 minutes or shorter than half a second', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => {
      const ms = backoffMs(tries, chance);
      expect(ms).toBeGreaterThanOrEqual(500);
      expect(ms).toBeLessThanOrEqual(900_000);
    }),
  );
});

test('a service that asks for more time gets it, and one that asks for less does not speed it up', () => {
  const later = (seconds: number, tries = 1) =>
    nextTryAt(now, tries, 1, { retryAfterSeconds: seconds, permanent: false })?.getTime();
  expect(later(120)).toBe(now.getTime() + 120_000);
  expect(later(1, 5)).toBe(now.getTime() + 16_000);
});

test('what cannot work is given up at once, and the rest in the end', () => {
  expect(nextTryAt(now, 1, 0, { ...plain, permanent: true })).toBeNull();
  expect(nextTryAt(now, MAX_TRIES - 1, 0, plain)).not.toBeNull();
  expect(nextTryAt(now, MAX_TRIES, 0, plain)).toBeNull();
});

test('all tries together last about half a day', () => {
  const waits = Array.from({ length: MAX_TRIES - 1 }, (_, index) => backoffMs(index + 1, 0.5));
  const hours = waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(9);
  expect(hours).toBeLessThan(13);
});
