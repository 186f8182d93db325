/** Times of a sample, all counted back from its day. */
export type SampleClock = {
  /** ISO 8601 in UTC; `spread` moves the time of day, so that rows do not share one. Negative days lie ahead. */
  daysAgo(days: number, spread: number): string;
};

const DAY_MS = 86_400_000;

/** @param today ISO date */
export function createSampleClock(today: string): SampleClock {
  const midnight = Date.parse(`${today}T00:00:00Z`);
  return {
    daysAgo: (days, spread) =>
      new Date(midnight - days * DAY_MS + ((spread * 7_919_000) % DAY_MS)).toISOString(),
  };
}
