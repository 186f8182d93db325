import type { RawValue } from './database.ts';

/** A page stays a few milliseconds, in the middle of a million rows too. */
const MOST_ROWS = 1_000;
const FIRST_ROWS = 100;
/** Rows of a page are held in memory together: with cells of 50 MB a page becomes one row. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** How many rows to read at once, so that neither small rows take long nor large ones much memory. */
export function createPaging() {
  let rows = FIRST_ROWS;
  return {
    rows: (): number => rows,
    saw(page: readonly RawValue[][]): void {
      const bytes = page.reduce((sum, row) => sum + sizeOf(row), 0);
      const perRow = Math.max(1, bytes / Math.max(1, page.length));
      const wanted = Math.floor(PAGE_BYTES / perRow);
      rows = Math.max(1, Math.min(MOST_ROWS, wanted, rows * 4));
    },
  };
}

function sizeOf(row: readonly RawValue[]): number {
  let bytes = 0;
  for (const value of row) {
    bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
  }
  return bytes;
}
