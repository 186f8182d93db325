import { type Receipt, receiptBlob } from '../domain/plan.ts';
import type { ExportFile } from '../ports/exports.ts';
import type { Deps } from './deps.ts';
import { findReceipt } from './stored-export.ts';

type Needs = Pick<Deps, 'exports' | 'links' | 'store'>;

/**
 * The receipts of what is finished of an export that is still being built, and links for it. A part with a receipt is
 * final: it was read, checked and hashed as a whole, and an export that goes on after a failure keeps it. What is only
 * known at the end, the list of contents and the counts, follows with the delivery. Safe to repeat.
 */
export function createEarlyParts(deps: Needs) {
  const known = new Map<string, Receipt>();

  return async (ticketNumber: number, exportId: string): Promise<Receipt[]> => {
    const plan = deps.exports.find(exportId)?.plan;
    if (!plan) return [];
    const there = new Set(await deps.store.list(`${exportId}/receipts/`));
    const receipts: Receipt[] = [];
    for (const part of plan.parts) {
      const name = receiptBlob(exportId, part.name);
      if (!there.has(name)) continue;
      const receipt = known.get(name) ?? (await findReceipt(deps.store, plan, part));
      if (!receipt) continue;
      known.set(name, receipt);
      receipts.push(receipt);
    }
    const linked = new Set(deps.links.ofExport(exportId).map(({ file }) => file.name));
    if (receipts.some(({ name }) => !linked.has(name))) {
      deps.links.ensure(ticketNumber, exportId, receipts.map(fileOf));
    }
    for (const name of known.keys()) if (!name.startsWith(`${exportId}/`)) known.delete(name);
    return receipts;
  };
}

function fileOf({ name, sizeBytes, sha256 }: Receipt): ExportFile {
  return { name, kind: 'part', sizeBytes, sha256 };
}
