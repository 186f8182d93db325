import { isUtf8 } from 'node:buffer';
import { BrokenText, type Column, type RawValue } from './database.ts';
import { SQLITE } from './sqlite-dialect.ts';

/** What a decoder puts in the place of bytes that are no UTF-8; it may also stand in a text by right. */
const REPLACEMENT = '\uFFFD';

/**
 * SQLite does not check text, and a decoder hides what is broken: where there is a doubt the bytes are looked at.
 * @param read the same rows again, with other columns
 */
export function withBrokenText(
  columns: Column[],
  rows: RawValue[][],
  read: (list: string) => RawValue[][],
): RawValue[][] {
  if (!rows.some((row) => row.some(isDoubtful))) return rows;
  const list = columns.map(({ name }) => `cast(${SQLITE.quoted(name)} as blob)`);
  const bytes = read(list.join(', '));
  return rows.map((row, at) =>
    row.map((value, index) => {
      const original = bytes[at]?.[index];
      const isBroken = isDoubtful(value) && Buffer.isBuffer(original) && !isUtf8(original);
      return isBroken ? new BrokenText() : value;
    }),
  );
}

function isDoubtful(value: RawValue): boolean {
  return typeof value === 'string' && value.includes(REPLACEMENT);
}
