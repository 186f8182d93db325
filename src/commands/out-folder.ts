import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ExportOptions } from '../domain/options.ts';
import type { Plan } from '../domain/plan.ts';
import { findPlan } from '../flow/stored-export.ts';
import type { ExportStore } from '../ports/export-store.ts';

/** A folder that holds one export leaves the export's id out of its paths, so any will do to look into it. */
const ANY_EXPORT = 'export';

/** @throws Error with one sentence when the folder cannot be made or written to */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.R_OK);
  } catch (cause) {
    throw new Error(`The folder ${folder} cannot be written to; choose another with --out.`, {
      cause,
    });
  }
}

/**
 * The plan of an export that was begun in this folder with the same options, or null when the folder is empty.
 * @throws Error with one sentence when the folder holds anything else: nothing of others is mixed or overwritten
 */
export async function findEarlierPlan(
  folder: string,
  store: ExportStore,
  wanted: { accountId: string; options: ExportOptions },
): Promise<Plan | null> {
  const plan = await findPlan(store, ANY_EXPORT);
  if (!plan) {
    const others = (await readdir(folder)).filter((name) => name !== '.waybill');
    if (others.length === 0) return null;
    throw new Error(
      `The folder ${folder} holds other things (${others[0]}); give an empty or new folder with --out.`,
    );
  }
  if (plan.accountId === wanted.accountId && isDeepStrictEqual(plan.options, wanted.options)) {
    return plan;
  }
  throw new Error(
    `The folder ${folder} holds an export of ${plan.accountId} with other options; give an empty or new folder with --out.`,
  );
}
