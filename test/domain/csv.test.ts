import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOM, csvRow, csvText, defuse } from '../../src/domain/csv.ts';

test('a CSV has a mark, a header, CRLF, and tells NULL from empty text', () => {
  const text = csvText(
    ['id', 'name'],
    [
      [1, null],
      [2, ''],
      [9007199254740993n, 'a "b", c'],
    ],
  );
  expect(text).toBe(`${BOM}id,name\r\n1,\r\n2,""\r\n9007199254740993,"a ""b"", c"\r\n`);
});

test.each([
  ['=1+1', "'=1+1"],
  ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
  ['+cmd|calc', "'+cmd|calc"],
  ['-2+3', "'-2+3"],
  ['+1-555-0100', "'+1-555-0100"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['＝1+1', "'＝1+1"],
  ['- led a team', "'- led a team"],
  ['+A1', "'+A1"],
  ['-1e5000', "'-1e5000"],
])('%j would be run by a spreadsheet and is defused', (cell, safe) => {
  expect(defuse(cell)).toBe(safe);
});

test.each([
  '-5',
  '+3.2',
  '-1,234.50',
  '-1e6',
  '+49 170 1234567',
  '+1 (555) 010 9999',
  '-',
  'a=b',
  ' x',
  '',
  '5',
])('%j is left as it is', (cell) => expect(defuse(cell)).toBe(cell));

test('numbers are never defused, what is no number is empty', () => {
  expect(csvRow([-5, 0.1, Number.NaN, Number.POSITIVE_INFINITY, -7n])).toBe('-5,0.1,,,-7\r\n');
});

test('a row of one NULL is not an empty line, which readers skip', () => {
  expect(parse(csvText(['only'], [[null], ['x']]), { bom: true, columns: true })).toHaveLength(2);
});

test('any text comes back as it went in, but for the apostrophe', () => {
  const cells = fc.array(fc.string({ unit: 'binary', maxLength: 30 }), {
    minLength: 2,
    maxLength: 4,
  });
  fc.assert(
    fc.property(cells, (row) => {
      const header = row.map((_, index) => `c${index}`);
      const [, read] = parse(csvText(header, [row]), { bom: true });
      expect(read).toEqual(row.map((cell) => defuse(cell.toWellFormed())));
    }),
  );
});

test('no cell begins as a formula, whatever the text', () => {
  const risky = fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string())
    .map((two) => two.join(''));
  fc.assert(
    fc.property(risky, (cell) => {
      const safe = defuse(cell);
      expect(safe.startsWith("'") || /^[+-]([\d .,()]*(e[+-]?\d{1,3})?)$/i.test(safe)).toBe(true);
    }),
  );
});
