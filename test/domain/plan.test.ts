import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCutter, entryBytes, numberParts } from '../../src/domain/cut.ts';
import { progressOf } from '../../src/domain/plan.ts';
import { emptyTotals, planOf } from '../support/plans.ts';

const item = (key: number, zipBytes: number) => ({
  key: [key],
  bytes: zipBytes,
  zipBytes,
});

describe('cutting', () => {
  test('a part ends where the next file would not fit', () => {
    const cutter = createCutter('cvs', { partSizeBytes: 11_024, maxEntries: 100 });
    cutter.begin('cvs', 0);
    for (let key = 1; key <= 5; key++) cutter.add(item(key, 5_000));
    const parts = cutter.end();
    expect(parts.map(({ count, bytes }) => [count, bytes])).toEqual([
      [2, 10_000],
      [2, 10_000],
      [1, 5_000],
    ]);
    expect(parts.map(({ stretches }) => stretches.map(({ after, upTo }) => [after, upTo]))).toEqual(
      [[[null, [2]]], [[[2], [4]]], [[[4], [5]]]],
    );
  });

  test('a file larger than a part has a part of its own', () => {
    const cutter = createCutter('cvs', { partSizeBytes: 10_000, maxEntries: 100 });
    cutter.begin('cvs', 0);
    for (const [key, bytes] of [100, 50_000, 100].entries()) cutter.add(item(key, bytes));
    expect(cutter.end().map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  test('a part ends at its limit of entries', () => {
    const cutter = createCutter('attachments', { partSizeBytes: 1e9, maxEntries: 3 });
    cutter.begin('attachments', 0);
    for (let key = 1; key <= 7; key++) cutter.add(item(key, 1));
    expect(cutter.end().map(({ count }) => count)).toEqual([3, 3, 1]);
  });

  test('a data set goes on in the next part as its next volume, with room for its header', () => {
    const cutter = createCutter('data', { partSizeBytes: 3_000, maxEntries: 100 });
    cutter.begin('Audit_Logs', 100);
    for (let key = 1; key <= 30; key++) cutter.add(item(key, 100));
    cutter.begin('Candidates', 100);
    cutter.add(item(1, 100));
    const parts = cutter.end();
    expect(
      parts.map(({ stretches }) =>
        stretches.map(({ list, volume, count }) => [list, volume, count]),
      ),
    ).toEqual([
      [['Audit_Logs', 1, 18]],
      [
        ['Audit_Logs', 2, 12],
        ['Candidates', 1, 1],
      ],
    ]);
  });

  test('a data set whose first row does not fit begins in the next part', () => {
    const cutter = createCutter('data', { partSizeBytes: 3_000, maxEntries: 100 });
    cutter.begin('Audit_Logs', 100);
    cutter.add(item(1, 1_000));
    cutter.begin('Candidates', 100);
    cutter.add(item(1, 1_500));
    const parts = cutter.end();
    expect(
      parts.map(({ stretches }) => stretches.map(({ list, volume }) => [list, volume])),
    ).toEqual([[['Audit_Logs', 1]], [['Candidates', 1]]]);
  });

  test('data sets without rows are planned, a section without files is not', () => {
    const data = createCutter('data', { partSizeBytes: 3_000, maxEntries: 100 });
    data.begin('Users', 100);
    expect(data.end()).toMatchObject([{ count: 0, stretches: [{ list: 'Users', upTo: null }] }]);
    const files = createCutter('cvs', { partSizeBytes: 3_000, maxEntries: 100 });
    files.begin('cvs', 0);
    expect(files.end()).toEqual([]);
  });

  test('whatever the sizes, the parts hold everything once, in order, within the limits', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 9 }), (bytes, maxEntries) => {
        const cutter = createCutter('cvs', { partSizeBytes: 6_000, maxEntries });
        cutter.begin('cvs', 0);
        for (const [key, size] of bytes.entries()) cutter.add(item(key, size));
        const parts = cutter.end();
        let next = 0;
        for (const { stretches, count, bytes: total } of parts) {
          expect(stretches).toHaveLength(1);
          expect(stretches[0]?.after).toEqual(next === 0 ? null : [next - 1]);
          const own = bytes.slice(next, next + count);
          expect(total).toBe(own.reduce((sum, size) => sum + size, 0));
          expect(count).toBeLessThanOrEqual(maxEntries);
          expect(count === 1 || total + 1024 <= 6_000).toBe(true);
          next += count;
        }
        expect(next).toBe(bytes.length);
      }),
    );
  });
});

test('parts have numbers of equal length, and names that are safe in a URL', () => {
  const parts = [{ section: 'data' as const, stretches: [], count: 0, bytes: 0 }];
  expect(numberParts('Ac/me & Söhne', parts)[0]?.name).toBe('ac-me-s-hne-data-001.zip');
  expect(numberParts('李', parts)[0]?.name).toBe('account-data-001.zip');
  const many = Array.from({ length: 1_000 }, () => parts[0] ?? []).flat();
  expect(numberParts('acme', many)[6]?.name).toBe('acme-data-0007.zip');
});

test('the bytes of an entry count its name twice, in UTF-8', () => {
  expect(entryBytes('é', 0)).toBe(30 + 46 + 4 + 64);
});

test('progress counts finished parts and what is under way, never more than there is', () => {
  const plan = planOf([
    { section: 'data', count: 500, bytes: 1_000 },
    { section: 'cvs', count: 10, bytes: 2_000 },
    { section: 'cvs', count: 5, bytes: 1_000 },
  ]);
  expect(progressOf(plan, new Set([1, 2]), { count: 2, bytes: 400 })).toEqual({
    parts: { done: 2, total: 3 },
    files: { done: 12, total: 15 },
    bytes: { done: 3_400, total: 4_000 },
  });
  expect(progressOf(plan, new Set([1, 2, 3]), { count: 9, bytes: 9 }).files).toEqual({
    done: 15,
    total: 15,
  });
  expect(progressOf(planOf([], emptyTotals()), new Set(), { count: 0, bytes: 0 }).bytes.total).toBe(
    0,
  );
});
