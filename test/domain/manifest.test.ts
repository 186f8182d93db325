import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { manifestOf, sumsText } from '../../src/domain/manifest.ts';
import { missingCsv } from '../../src/domain/missing-csv.ts';
import type { MissingFile } from '../../src/domain/plan.ts';
import { countsEqual, reconcile } from '../../src/domain/reconcile.ts';
import { emptyTotals, planOf, receiptOf } from '../support/plans.ts';

const lost: MissingFile = {
  section: 'cvs',
  fileId: 'f9',
  name: '=cv.pdf',
  jobId: 'j1',
  candidateId: null,
  reason: 'gone',
};

function example() {
  const totals = emptyTotals();
  totals.rows.Candidates = 7;
  totals.files.cvs = { j1: { count: 3, bytes: 30 }, '': { count: 1, bytes: 5 } };
  const plan = planOf(
    [
      { section: 'data', count: 7, bytes: 70 },
      { section: 'cvs', count: 4, bytes: 35 },
    ],
    totals,
  );
  const receipts = [
    receiptOf({
      number: 1,
      name: 'acme-data-001.zip',
      section: 'data',
      entries: 10,
      rows: { Candidates: 7 },
    }),
    receiptOf({
      number: 2,
      name: 'acme-cvs-002.zip',
      entries: 3,
      files: { j1: { count: 2, bytes: 20 }, '': { count: 1, bytes: 5 } },
      missing: [lost],
    }),
  ];
  return { plan, receipts };
}

describe('reconciliation', () => {
  test('says for each data set, section and job what database, plan and ZIPs hold', () => {
    const { plan, receipts } = example();
    const lines = reconcile(plan, receipts);
    expect(lines).toHaveLength(12);
    expect(lines).toContainEqual({
      section: 'data',
      of: 'Candidates',
      database: 7,
      planned: 7,
      exported: 7,
      missing: 0,
      added: 0,
    });
    expect(lines).toContainEqual({
      section: 'cvs',
      of: 'j1',
      database: 3,
      planned: 3,
      exported: 2,
      missing: 1,
      added: 0,
    });
    expect(lines).toContainEqual({
      section: 'cvs',
      of: '',
      database: 1,
      planned: 1,
      exported: 1,
      missing: 0,
      added: 0,
    });
  });

  test.each<[string, (made: ReturnType<typeof example>) => void, RegExp]>([
    [
      'a row was lost',
      ({ receipts }) => Object.assign(receipts[0] ?? {}, { rows: { Candidates: 6 } }),
      /rows of Candidates .* 7 in the database, 7 planned, 6 exported/,
    ],
    [
      'a missing file was not listed',
      ({ receipts }) => Object.assign(receipts[1] ?? {}, { missing: [] }),
      /files of cvs, job j1 .* 2 exported, 0 missing/,
    ],
    [
      'a file is there twice',
      ({ receipts }) => Object.assign(receipts[1]?.files ?? {}, { '': { count: 2, bytes: 1 } }),
      /files of cvs without a job/,
    ],
    [
      'the database has more than was planned',
      ({ plan }) => Object.assign(plan.totals.files.cvs, { j2: { count: 1, bytes: 1 } }),
      /job j2 .* 1 in the database, 0 planned/,
    ],
    [
      'a file of another job slipped in',
      ({ receipts }) =>
        Object.assign(receipts[1]?.files ?? {}, { constructor: { count: 1, bytes: 1 } }),
      /job constructor/,
    ],
  ])('stops the delivery when %s', (_, change, message) => {
    const made = example();
    change(made);
    expect(() => reconcile(made.plan, made.receipts)).toThrow(message);
    expect(() => reconcile(made.plan, made.receipts)).toThrow(
      expect.objectContaining({ reason: 'counts_differ' }),
    );
  });

  test('sections that nobody asked for are not compared', () => {
    const { plan, receipts } = example();
    plan.options = { ...plan.options, sections: ['cvs'] };
    expect(reconcile(plan, receipts.slice(1)).map(({ section }) => section)).toEqual([
      'cvs',
      'cvs',
    ]);
    const other = emptyTotals();
    other.rows.Jobs = 1;
    expect(countsEqual({ totals: emptyTotals(), planned: other }, ['cvs'])).toBe(true);
    expect(countsEqual({ totals: emptyTotals(), planned: other }, ['data'])).toBe(false);
  });
});

test('the manifest names parts, counts and what is missing', () => {
  const { plan, receipts } = example();
  const manifest = manifestOf(
    plan,
    receipts,
    reconcile(plan, receipts),
    '2026-03-03T00:00:00.000Z',
  );
  expect(manifest).toMatchObject({
    format: 'waybill-manifest/1',
    accountId: 'acme',
    missing: [lost],
  });
  expect(manifest.parts.map(({ name, files, rows }) => [name, files, rows])).toEqual([
    ['acme-data-001.zip', 0, { Candidates: 7 }],
    ['acme-cvs-002.zip', 3, {}],
  ]);
});

test('missing.csv says why, and is safe to open', () => {
  const [row] = parse(missingCsv([lost]), { bom: true, columns: true });
  expect(row).toMatchObject({
    file_id: 'f9',
    file_name: "'=cv.pdf",
    reason: 'gone',
    candidate_id: '',
  });
  expect(row).toHaveProperty(
    'explanation',
    expect.stringContaining('no longer in the file storage'),
  );
});

test('SHA256SUMS has the form that sha256sum reads', () => {
  expect(sumsText([{ name: 'a.zip', sha256: 'ab' }])).toBe('ab  a.zip\n');
});
