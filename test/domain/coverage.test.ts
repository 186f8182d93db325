import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageOf, coveredBytes, hasEverything } from '../../src/domain/coverage.ts';

describe('the bytes that went out', () => {
  test.each([
    ['nothing', 100, [], 0],
    ['all of it', 100, [[0, 100]], 100],
    [
      'the same twice',
      100,
      [
        [0, 60],
        [0, 60],
      ],
      60,
    ],
    [
      'pieces that overlap',
      100,
      [
        [0, 60],
        [50, 50],
      ],
      100,
    ],
    [
      'pieces that do not meet',
      100,
      [
        [0, 40],
        [60, 40],
      ],
      80,
    ],
    [
      'a piece within another',
      100,
      [
        [0, 90],
        [10, 20],
      ],
      90,
    ],
    [
      'pieces out of order',
      100,
      [
        [60, 40],
        [0, 60],
      ],
      100,
    ],
    ['more than the file has', 100, [[50, 500]], 50],
    [
      'beyond its end',
      100,
      [
        [100, 5],
        [200, 5],
      ],
      0,
    ],
    ['a range that was cut off at once', 100, [[10, 0]], 0],
  ])('%s', (_name, sizeBytes, ranges, expected) => {
    const sent = ranges.map(([start = 0, sentBytes = 0]) => ({ start, sentBytes }));
    expect(coveredBytes(sizeBytes, sent)).toBe(expected);
  });

  test('are counted as a simple count of every byte would', () => {
    const range = fc.record({ start: fc.nat(60), sentBytes: fc.nat(60) });
    fc.assert(
      fc.property(fc.nat(50), fc.array(range, { maxLength: 12 }), (size, ranges) => {
        const seen = new Set<number>();
        for (const { start, sentBytes } of ranges) {
          for (let byte = start; byte < Math.min(size, start + sentBytes); byte++) seen.add(byte);
        }
        expect(coveredBytes(size, ranges)).toBe(seen.size);
      }),
    );
  });
});

describe('what of an export was downloaded', () => {
  const files = [
    { id: 'a', sizeBytes: 100 },
    { id: 'b', sizeBytes: 200 },
  ];

  test('counts whole files and all bytes', () => {
    const coverage = coverageOf(files, [
      { linkId: 'a', start: 0, sentBytes: 40 },
      { linkId: 'a', start: 40, sentBytes: 60 },
      { linkId: 'b', start: 0, sentBytes: 199 },
      { linkId: 'other', start: 0, sentBytes: 999 },
    ]);
    expect(coverage).toEqual({
      files: { done: 1, total: 2 },
      bytes: { done: 299, total: 300 },
    });
    expect(hasEverything(coverage)).toBe(false);
  });

  test('is everything when each file is', () => {
    const whole = files.map(({ id, sizeBytes }) => ({
      linkId: id,
      start: 0,
      sentBytes: sizeBytes,
    }));
    expect(hasEverything(coverageOf(files, whole))).toBe(true);
    expect(hasEverything(coverageOf([], []))).toBe(false);
  });

  test('an empty file is downloaded once it was asked for', () => {
    const empty = [{ id: 'e', sizeBytes: 0 }];
    expect(hasEverything(coverageOf(empty, []))).toBe(false);
    expect(hasEverything(coverageOf(empty, [{ linkId: 'e', start: 0, sentBytes: 0 }]))).toBe(true);
  });
});
