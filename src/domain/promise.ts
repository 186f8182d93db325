import { type ExportOptions, isCustom } from './options.ts';
import { POLICY } from './policy.ts';

const DAY_MS = 86_400_000;

/** What a customer is promised: usually so many business days, and a last day. */
export type Promised = { custom: boolean; from: number; to: number; latestAt: Date };

/** What POLICY promises for an export that is asked for at `now`. */
export function promiseFor(options: ExportOptions, now: Date): Promised {
  const custom = isCustom(options);
  const days = custom ? POLICY.customBusinessDays : POLICY.standardBusinessDays;
  return { custom, ...days, latestAt: addBusinessDaysUtc(now, days.to) };
}

/**
 * So many business days later, at the same time of day. Counted in UTC, as times are said to customers; date-fns
 * counts in the zone of the machine, where the day of the week can be another one.
 */
export function addBusinessDaysUtc(at: Date, days: number): Date {
  let day = at;
  for (let left = days; left > 0; ) {
    day = new Date(day.getTime() + DAY_MS);
    const weekday = day.getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}
