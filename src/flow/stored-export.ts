import { buffer } from 'node:stream/consumers';
import {
  type Plan,
  type PlannedPart,
  partBlob,
  planBlob,
  type Receipt,
  receiptBlob,
} from '../domain/plan.ts';
import type { ExportStore } from '../ports/export-store.ts';

/** The plan that was made for an export, or null. */
export async function findPlan(store: ExportStore, exportId: string): Promise<Plan | null> {
  const plan = await readJson<Plan>(store, planBlob(exportId));
  return Array.isArray(plan?.parts) ? plan : null;
}

/** The receipt of a part whose ZIP is there in full; null when the part has to be built. */
export async function findReceipt(
  store: ExportStore,
  plan: Plan,
  part: PlannedPart,
): Promise<Receipt | null> {
  const receipt = await readJson<Receipt>(store, receiptBlob(plan.exportId, part.name));
  if (receipt?.name !== part.name || receipt.number !== part.number) return null;
  const blob = await store.stat(partBlob(plan.exportId, part.name));
  return blob?.sizeBytes === receipt.sizeBytes ? receipt : null;
}

/** What this program wrote itself, and nobody else can write to; null when it is not there or was cut short. */
async function readJson<T>(store: ExportStore, name: string): Promise<T | null> {
  if (!(await store.stat(name))) return null;
  const text = (await buffer(await store.read(name))).toString();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
