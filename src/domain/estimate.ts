import type { SourceTotals } from './content.ts';
import type { ExportOptions } from './options.ts';
import { POLICY } from './policy.ts';
import type { Estimate } from './ticket.ts';

/** What a row of a data file comes to, about. */
const BYTES_PER_ROW = 200;
/** Speed of the first export of all, when no other has been measured: a slow disk. */
const FIRST_BYTES_PER_SECOND = 20_000_000;

/** What the dump will be, from what the database says of it. The building time is at least a second. */
export function estimateOf(
  totals: SourceTotals,
  options: ExportOptions,
  bytesPerSecond: number | null,
): Estimate {
  const estimate: Estimate = { files: 0, rows: 0, bytes: 0, parts: 0, seconds: 0 };
  for (const section of options.sections) {
    const { files, rows, bytes } = amountOf(totals, section);
    estimate.files += files;
    estimate.rows += rows;
    estimate.bytes += bytes;
    estimate.parts += partsOf(bytes, files, options.partSizeBytes);
  }
  estimate.seconds = Math.max(
    1,
    Math.ceil(estimate.bytes / (bytesPerSecond || FIRST_BYTES_PER_SECOND)),
  );
  return estimate;
}

function amountOf(totals: SourceTotals, section: ExportOptions['sections'][number]) {
  if (section === 'data') {
    const rows = Object.values(totals.rows).reduce((sum, count) => sum + count, 0);
    return { files: 0, rows, bytes: rows * BYTES_PER_ROW };
  }
  const amount = { files: 0, rows: 0, bytes: 0 };
  for (const { count, bytes } of Object.values(totals.files[section])) {
    amount.files += count;
    amount.bytes += bytes;
  }
  return amount;
}

function partsOf(bytes: number, files: number, partSizeBytes: number): number {
  return Math.max(1, Math.ceil(bytes / partSizeBytes), Math.ceil(files / POLICY.maxPartEntries));
}
