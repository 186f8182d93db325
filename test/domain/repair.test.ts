import { describe, expect, test } from 'vitest';
import {
  isCutOff,
  namedParts,
  openChecks,
  partStates,
  percentOf,
} from '../../src/domain/repair.ts';

const parts = partStates(
  ['acme-data-001.zip', 'acme-cvs-001.zip', 'acme-cvs-002.zip'].map((name, n) => ({
    id: `l${n}`,
    name,
    sizeBytes: 1000,
  })),
  [
    { linkId: 'l0', start: 0, sentBytes: 1000 },
    { linkId: 'l1', start: 0, sentBytes: 400 },
    { linkId: 'l1', start: 300, sentBytes: 330 },
  ],
);

test('a download that stopped is told from one that is whole and one that never began', () => {
  expect(parts.map(isCutOff)).toEqual([false, true, false]);
  expect(parts.map(percentOf)).toEqual([99, 63, 0]);
});

describe('the ZIP that is meant', () => {
  test.each<[string, number[]]>([
    ['acme-cvs-002.zip does not open', [3]],
    ['ACME-CVS-001 is broken', [2]],
    ['part 3 is corrupt', [3]],
    ['Teil 2 geht nicht auf', [2]],
    ['la parte n.º 3 está dañada', [3]],
    ['le fichier 2 ne s’ouvre pas', [2]],
    ['zip #1 nahi khul rahi', [1]],
    ['part 2 and part 3', [2, 3]],
    ['the zip does not open', []],
    ['part 9', []],
    ['I tried 3 times', []],
  ])('%s', (text, numbers) => {
    expect(namedParts(text, parts).map(({ number }) => number)).toEqual(numbers);
  });
});

test('a check is open until it has its answer, export by export', () => {
  const at = new Date(0);
  const entry = (event: string, part: string, exportId = 'e1') => ({
    at,
    actor: 'bot',
    event,
    detail: { part, exportId },
  });
  const history = [
    entry('check_asked', 'a.zip'),
    entry('check_fine', 'a.zip'),
    entry('check_asked', 'b.zip'),
    entry('part_damaged', 'b.zip'),
    entry('check_asked', 'c.zip', 'older'),
    entry('extend', 'd.zip'),
  ];
  expect(openChecks(history, 'e1')).toEqual([{ part: 'b.zip', event: 'part_damaged', at }]);
});
