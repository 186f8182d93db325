import { DATA_SETS, type DataSet, type SourceTotals } from '../../src/domain/content.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { Plan, PlannedPart, Receipt } from '../../src/domain/plan.ts';

export function emptyTotals(): SourceTotals {
  const rows = Object.fromEntries(DATA_SETS.map((name) => [name, 0]));
  return {
    rows: rows satisfies Record<string, number> as Record<DataSet, number>,
    files: { attachments: {}, cvs: {} },
  };
}

/** A plan with these parts; what the database and the planner counted is the same. */
export function planOf(
  parts: Pick<PlannedPart, 'section' | 'count' | 'bytes'>[],
  totals: SourceTotals = emptyTotals(),
): Plan {
  return {
    exportId: 'e1',
    accountId: 'acme',
    accountName: 'Acme',
    options: DEFAULT_OPTIONS,
    plannedAt: '2026-03-02T10:00:00.000Z',
    parts: parts.map((part, index) => ({
      ...part,
      number: index + 1,
      name: `acme-${part.section}-00${index + 1}.zip`,
      stretches: [],
    })),
    totals,
    planned: structuredClone(totals),
  };
}

export function receiptOf(changes: Partial<Receipt>): Receipt {
  return {
    number: 1,
    name: 'acme-cvs-001.zip',
    section: 'cvs',
    sizeBytes: 1_000,
    sha256: 'a'.repeat(64),
    entries: 0,
    rows: {},
    files: {},
    missing: [],
    builtAt: '2026-03-02T10:00:00.000Z',
    ...changes,
  };
}
