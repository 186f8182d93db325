/** How often a part is tried, and how long the first wait is; each further one is twice as long. */
export type Retry = { tries: number; firstWaitMs: number };

/** Two minutes altogether. A store tries for a while by itself before it gives up; after all that a person is needed. */
export const RETRY: Retry = { tries: 7, firstWaitMs: 2_000 };

/** The wait after so many failed tries, from 1. */
export function waitMs(retry: Retry, tries: number): number {
  return retry.firstWaitMs * 2 ** (tries - 1);
}
