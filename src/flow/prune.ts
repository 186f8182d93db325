import { subDays } from 'date-fns/subDays';
import type { Deps } from './deps.ts';

/** Services tell of something again within minutes; a direct message may be answered after weeks. */
const ARRIVALS_KEPT_DAYS = 90;
/** Codes are counted by the hour and are valid for minutes. */
const CODES_KEPT_DAYS = 2;

/** Forgets what was kept to know it again and is not needed any more. */
export async function pruneDue({
  pruning,
  clock,
}: Pick<Deps, 'pruning' | 'clock'>): Promise<number> {
  const now = clock.now();
  return (
    pruning.arrivals(subDays(now, ARRIVALS_KEPT_DAYS)) +
    pruning.identityCodes(subDays(now, CODES_KEPT_DAYS))
  );
}
