import { expect, test } from 'vitest';
import { createSpeed, progressLine } from '../../src/commands/progress-bar.ts';

const half = {
  parts: { done: 2, total: 8 },
  files: { done: 812, total: 1_900 },
  bytes: { done: 1_300_000_000, total: 2_600_000_000 },
};

test('a line says share, bytes, files, ZIPs, speed and time left', () => {
  expect(progressLine(half, 200_000_000, 140)).toBe(
    `[${'='.repeat(15)}${' '.repeat(15)}]  50 %  1.3 GB of 2.6 GB  812 of 1,900 files  2 of 8 ZIPs  200 MB/s  7 s left`,
  );
});

test('a line never wraps, and an empty export is done', () => {
  for (const columns of [0, 10, 40, 80, 100]) {
    expect(progressLine(half, 5, columns).length).toBeLessThanOrEqual(Math.max(0, columns - 1));
  }
  const empty = {
    parts: { done: 0, total: 0 },
    files: { done: 0, total: 0 },
    bytes: { done: 0, total: 0 },
  };
  expect(progressLine(empty, null, 80)).toContain('100 %');
});

test('speed is that of the last ten seconds', () => {
  const speed = createSpeed();
  expect(speed(0, 0)).toBeNull();
  expect(speed(1_000, 1_000)).toBe(1_000);
  for (let second = 2; second <= 30; second++) speed(second * 1_000, 1_000);
  expect(speed(31_000, 1_000)).toBe(0);
});
