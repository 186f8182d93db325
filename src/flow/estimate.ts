import { estimateOf } from '../domain/estimate.ts';
import type { ExportOptions } from '../domain/options.ts';
import type { Estimate } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';

/** What a dump will be, from the real data; null when it cannot be told, which never holds up a request. */
export async function estimateFor(
  deps: Pick<Deps, 'source' | 'exports' | 'log'>,
  accountId: string,
  options: ExportOptions,
): Promise<Estimate | null> {
  try {
    const { jobs, from, to } = options;
    const totals = await deps.source.totals(accountId, { jobs, from, to });
    return estimateOf(totals, options, deps.exports.bytesPerSecond());
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    deps.log.warn({ accountId, kind }, 'no estimate');
    return null;
  }
}
