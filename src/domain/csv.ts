import type { CellValue } from './content.ts';

/**
 * Every CSV begins with a byte order mark: without it Excel reads UTF-8 as the machine's old code page and turns
 * names in other scripts into rubbish. Importers that do not know it are told in the README.
 */
export const BOM = '\uFEFF';

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A sign before digits, and no other operator: a number (-5, +3.2, -1e6) or a phone number (+49 170 1234567).
 * There is nothing to compute, and an apostrophe would spoil the data for whoever imports it. A second operator
 * (+1-555-0100, which Excel subtracts) is arithmetic and is defused; so is every letter but the exponent's.
 */
const SIGNED_NUMBER = /^[+-](?:\d[\d .,()]*(?:e[+-]?\d{1,3})?)?$/i;

/** A formula is shown instead of run when an apostrophe stands before it. */
export function defuse(text: string): string {
  return FORMULA_START.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text;
}

/** One line after RFC 4180, with CRLF. NULL is an empty cell, empty text is `""`. */
export function csvRow(cells: readonly CellValue[]): string {
  let line = '';
  for (let i = 0; i < cells.length; i++) line += (i ? ',' : '') + csvCell(cells[i] ?? null);
  // A line with nothing on it would be skipped by readers, and the row lost.
  return line === '' ? '""\r\n' : `${line}\r\n`;
}

/** A whole small CSV: mark, header, rows. */
export function csvText(columns: readonly string[], rows: Iterable<readonly CellValue[]>): string {
  let text = csvHead(columns);
  for (const row of rows) text += csvRow(row);
  return text;
}

/** What every CSV begins with: the mark and the header. */
export function csvHead(columns: readonly string[]): string {
  return BOM + csvRow(columns);
}

function csvCell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'bigint') return String(value);
  if (value === '') return '""';
  const text = defuse(value.toWellFormed());
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Blanks at the ends are quoted too: some readers trim bare cells. */
const NEEDS_QUOTES = /[",\r\n\t]|^\s|\s$/;
