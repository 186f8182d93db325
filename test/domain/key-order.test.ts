import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowKey } from '../../src/domain/content.ts';
import { compareKeys, matchKeys } from '../../src/domain/key-order.ts';

const keyValue = fc.oneof(
  fc.integer(),
  fc.string({ unit: 'grapheme' }),
  fc.constant('😀'),
  fc.constant('\uFF21'),
);

test('text is in the order of its bytes in UTF-8, as in a database', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareKeys([a], [b]))).toBe(bytes);
    }),
  );
  expect(compareKeys(['\uFF21'], ['😀'])).toBeLessThan(0);
});

test('numbers go by size and before text, the first difference decides', () => {
  const sorted: RowKey[] = [
    [2],
    [10],
    ['10'],
    ['2'],
    ['2', 1],
    ['2', 1, ''],
    ['2', 1, 'a'],
    ['2', 9],
  ];
  expect(sorted.toSorted(compareKeys)).toEqual(sorted);
  expect(sorted.toReversed().toSorted(compareKeys)).toEqual(sorted);
});

test('every key is told once: there, vanished, or added', async () => {
  const keys = fc.uniqueArray(fc.tuple(keyValue), {
    comparator: (a, b) => compareKeys(a, b) === 0,
  });
  await fc.assert(
    fc.asyncProperty(keys, keys, async (planned, there) => {
      const found = await Array.fromAsync(
        matchKeys(
          planned.toSorted(compareKeys).map((key) => ({ key })),
          listOf(there.toSorted(compareKeys)),
        ),
      );
      const keyOf = (match: (typeof found)[number]) =>
        match.is === 'added' ? match.item.key : match.planned.key;
      expect(found.map(keyOf)).toEqual(found.map(keyOf).toSorted(compareKeys));
      const of = (is: string) =>
        found.filter((match) => match.is === is).map((match) => String(keyOf(match)));
      const [a, b] = [planned.map(String), there.map(String)];
      expect(new Set(of('vanished'))).toEqual(new Set(a.filter((key) => !b.includes(key))));
      expect(new Set(of('added'))).toEqual(new Set(b.filter((key) => !a.includes(key))));
      expect(of('planned_and_there')).toHaveLength(a.filter((key) => b.includes(key)).length);
    }),
  );
});

async function* listOf(keys: RowKey[]): AsyncGenerator<{ key: RowKey }> {
  for (const key of keys) yield { key };
}
