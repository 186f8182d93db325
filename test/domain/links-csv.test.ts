import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { contentOf, linkRows, linksCsv } from '../../src/domain/links-csv.ts';
import { receiptOf } from '../support/plans.ts';

const receipts = [
  receiptOf({
    number: 1,
    name: 'd.zip',
    section: 'data',
    entries: 10,
    rows: { Jobs: 5_000, Users: 210 },
  }),
  receiptOf({ number: 2, name: 'c.zip', section: 'cvs', entries: 812, sizeBytes: 1_900_000_000 }),
];

test('content is said in words', () => {
  expect(receipts.map(contentOf)).toEqual([
    'Data Files, 10 tables, 5,210 rows',
    'Internal CVs, 812 files',
  ]);
  expect(contentOf(receiptOf({ section: 'attachments', entries: 1 }))).toBe('Attachments, 1 file');
});

test('there is a row for each part and each small file, with link and expiry', () => {
  const files = [
    { name: 'd.zip', kind: 'part' as const, sizeBytes: 1_000, sha256: 'a'.repeat(64) },
    { name: 'c.zip', kind: 'part' as const, sizeBytes: 1_900_000_000, sha256: 'b'.repeat(64) },
    { name: 'manifest.json', kind: 'manifest' as const, sizeBytes: 12, sha256: 'c'.repeat(64) },
  ];
  const rows = linkRows(
    receipts,
    files,
    (name) => `https://x.example/d/${name}`,
    '2026-03-09T10:00:00.000Z',
  );
  expect(parse(linksCsv(rows), { bom: true, columns: true })).toEqual([
    {
      part: '1',
      section: 'Data Files',
      file_name: 'd.zip',
      content: 'Data Files, 10 tables, 5,210 rows',
      size_bytes: '1000',
      size: '1.0 kB',
      sha256: 'a'.repeat(64),
      link: 'https://x.example/d/d.zip',
      expires_at: '2026-03-09T10:00:00.000Z',
    },
    expect.objectContaining({ part: '2', content: 'Internal CVs, 812 files', size: '1.9 GB' }),
    expect.objectContaining({
      part: '',
      section: '',
      content: 'List of what is in this export',
      size: '12 bytes',
    }),
  ]);
});
