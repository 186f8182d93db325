import { beforeEach, describe, expect, test } from 'vitest';
import { createExportRuns } from '../../db/exports.ts';
import { type Db, openDatabase } from '../../db/open.ts';
import { DATA_SETS, type DataSet } from '../../src/domain/content.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { Plan, Receipt } from '../../src/domain/plan.ts';

const ROWS = Object.fromEntries(DATA_SETS.map((set) => [set, 0])) as Record<DataSet, number>;
const now = new Date('2026-03-02T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
let db: Db;

beforeEach(() => {
  db = openDatabase(':memory:').db;
});

describe('exports', () => {
  function receipt(number: number, sizeBytes: number): Receipt {
    return {
      number,
      name: `${number}.zip`,
      section: 'cvs',
      sizeBytes,
      sha256: '00',
      entries: 1,
      rows: {},
      files: {},
      missing: [],
      builtAt: now.toISOString(),
    };
  }

  function planOf(exportId: string, parts: number): Plan {
    const totals = { rows: ROWS, files: { attachments: {}, cvs: {} } };
    return {
      exportId,
      accountId: 'acme',
      accountName: 'Acme',
      options: DEFAULT_OPTIONS,
      plannedAt: now.toISOString(),
      parts: Array.from({ length: parts }, (_, index) => ({
        number: index + 1,
        name: `${index + 1}.zip`,
        section: 'cvs',
        count: 1,
        bytes: 5000,
        stretches: [],
      })),
      totals,
      planned: totals,
    };
  }

  test('keep one receipt for each part, in order', () => {
    const runs = createExportRuns(db);
    runs.start({ id: 'a', ticketNumber: 1 }, now);
    runs.built('a', receipt(2, 20));
    runs.built('a', receipt(1, 10));
    runs.built('a', receipt(2, 25));
    expect(runs.receipts('a').map(({ sizeBytes }) => sizeBytes)).toEqual([10, 25]);
    expect(runs.receipts('b')).toEqual([]);
  });

  test('know how fast the last ten were; those that never finished do not count', () => {
    const runs = createExportRuns(db);
    expect(runs.bytesPerSecond()).toBeNull();
    for (let n = 1; n <= 12; n++) {
      runs.start({ id: `x${n}`, ticketNumber: n }, later(n * 100));
      runs.built(`x${n}`, receipt(1, n * 1000));
      runs.end(`x${n}`, 'finished', later(n * 100 + 10));
    }
    runs.start({ id: 'failed', ticketNumber: 99 }, later(2000));
    runs.built('failed', receipt(1, 1));
    runs.end('failed', 'failed', later(2010));
    expect(runs.bytesPerSecond()).toBe(800);
  });

  test('that were cancelled or failed do not count after their removal either', () => {
    const runs = createExportRuns(db);
    for (const end of ['cancelled', 'failed', 'finished'] as const) {
      runs.start({ id: end, ticketNumber: 1 }, now);
      runs.planned(end, planOf(end, end === 'finished' ? 1 : 2));
      runs.built(end, receipt(1, 5000));
      runs.end(end, end, later(end === 'finished' ? 10 : 1000));
      runs.end(end, 'removed', later(2000));
    }
    expect(runs.bytesPerSecond()).toBe(500);
  });
});
