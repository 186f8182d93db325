import { ExportFailure } from '../domain/failure.ts';
import type { Plan } from '../domain/plan.ts';
import type { Builder } from '../ports/builder.ts';
import type { OpenFirstPlaces } from '../ports/first-places.ts';
import type { Passwords } from '../ports/passwords.ts';
import { buildPart } from './build-part.ts';
import type { Deps } from './deps.ts';
import { checkPassword } from './password-check.ts';
import { planExport } from './plan-export.ts';
import { sourceFailure } from './read-lists.ts';
import { findPlan, findReceipt } from './stored-export.ts';

/** So many plans are kept in memory; one is read for every part otherwise. */
const PLANS_KEPT = 4;

/** Plans and builds here, in this thread. */
export function createBuilder(
  deps: Pick<Deps, 'source' | 'store' | 'openPart'> & {
    now(): Date;
    openFirstPlaces?: OpenFirstPlaces;
    passwords?: Passwords;
  },
): Builder {
  const { source, store } = deps;
  const plans = new Map<string, Plan>();
  const closing = new AbortController();

  async function planOf(exportId: string): Promise<Plan> {
    const plan = plans.get(exportId) ?? (await findPlan(store, exportId));
    if (!plan) {
      throw new ExportFailure(
        'store_differs',
        `The plan of ${exportId} is not in the export store that this worker uses.`,
      );
    }
    plans.set(exportId, plan);
    const [oldest] = plans.keys();
    if (plans.size > PLANS_KEPT && oldest !== undefined) plans.delete(oldest);
    return plan;
  }

  return {
    async plan(job, cancelled) {
      const signal = AbortSignal.any([cancelled, closing.signal]);
      const found = await findPlan(store, job.exportId);
      if (found) return found;
      const password = job.order.options.encrypted
        ? ((await deps.passwords?.ensure(job.exportId)) ?? null)
        : null;
      return planExport({ ...deps, ...job, source, store, signal, password });
    },

    async part({ exportId, number }, cancelled, onProgress) {
      const plan = await planOf(exportId);
      const part = plan.parts.find((one) => one.number === number);
      if (!part) {
        throw new ExportFailure('unexpected', `The plan of ${exportId} has no part ${number}.`);
      }
      const signal = AbortSignal.any([cancelled, closing.signal]);
      const receipt = await findReceipt(store, plan, part);
      if (receipt) return receipt;
      const password = plan.options.encrypted
        ? ((await deps.passwords?.find(plan.exportId)) ?? null)
        : null;
      await checkPassword(plan, password);
      return buildPart({ ...deps, plan, part, password, signal, onProgress });
    },

    totals: (accountId, selection) =>
      source.totals(accountId, selection).catch((error: unknown) => {
        throw sourceFailure(error);
      }),

    close: async () => closing.abort(),
  };
}
