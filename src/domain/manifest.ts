import type { ExportOptions, Section } from './options.ts';
import type { MissingFile, Plan, Receipt } from './plan.ts';
import type { CountLine } from './reconcile.ts';

export const MANIFEST_NAME = 'manifest.json';
export const MISSING_NAME = 'missing.csv';
export const SUMS_NAME = 'SHA256SUMS';

/** What is in an export. Written for customers and for `waybill verify`. */
export type Manifest = {
  format: 'waybill-manifest/1';
  exportId: string;
  accountId: string;
  accountName: string;
  options: ExportOptions;
  /** ISO 8601 in UTC. */
  plannedAt: string;
  finishedAt: string;
  parts: ManifestPart[];
  /** Counts of the database, of the plan and of the ZIPs, for each data set, section and job. */
  counts: CountLine[];
  missing: MissingFile[];
};

type ManifestPart = {
  number: number;
  name: string;
  section: Section;
  sizeBytes: number;
  sha256: string;
  /** Entries in the ZIP, the contents CSV not counted. */
  entries: number;
  files: number;
  rows: Partial<Record<string, number>>;
};

export function manifestOf(
  plan: Plan,
  receipts: readonly Receipt[],
  counts: CountLine[],
  finishedAt: string,
): Manifest {
  return {
    format: 'waybill-manifest/1',
    exportId: plan.exportId,
    accountId: plan.accountId,
    accountName: plan.accountName,
    options: plan.options,
    plannedAt: plan.plannedAt,
    finishedAt,
    parts: receipts.map(partOf),
    counts,
    missing: receipts.flatMap((receipt) => receipt.missing),
  };
}

function partOf(receipt: Receipt): ManifestPart {
  const { number, name, section, sizeBytes, sha256, entries, rows } = receipt;
  const files = section === 'data' ? 0 : entries;
  return { number, name, section, sizeBytes, sha256, entries, files, rows };
}

/** The lines of SHA256SUMS, as `sha256sum -c` reads them. */
export function sumsText(files: readonly { name: string; sha256: string }[]): string {
  return files.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('');
}
