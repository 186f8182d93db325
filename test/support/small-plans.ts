import { DATA_SETS, type SourceTotals } from '../../src/domain/content.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { Plan, Receipt } from '../../src/domain/plan.ts';
import type { PartRef } from '../../src/ports/job-queue.ts';

const NOTHING: SourceTotals = {
  rows: Object.fromEntries(DATA_SETS.map((name) => [name, 0])) as SourceTotals['rows'],
  files: { attachments: {}, cvs: {} },
};

/** A plan of so many parts of ten files and 1,000 bytes, for tests that build nothing. */
export function planOf(exportId: string, parts: number): Plan {
  return {
    exportId,
    accountId: exportId,
    accountName: exportId,
    options: DEFAULT_OPTIONS,
    plannedAt: '2026-03-02T10:00:00Z',
    totals: NOTHING,
    planned: NOTHING,
    parts: Array.from({ length: parts }, (_, index) => ({
      number: index + 1,
      name: `${partName({ exportId, number: index + 1 })}.zip`,
      section: 'cvs' as const,
      stretches: [],
      count: 10,
      bytes: 1000,
    })),
  };
}

export function partName({ exportId, number }: PartRef): string {
  return `${exportId}-${number}`;
}

export function receiptOf(part: PartRef): Receipt {
  return {
    number: part.number,
    name: `${partName(part)}.zip`,
    section: 'cvs',
    sizeBytes: 1,
    sha256: '',
    entries: 10,
    rows: {},
    files: {},
    missing: [],
    builtAt: '2026-03-02T10:00:00Z',
  };
}
