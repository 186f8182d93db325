import { setTimeout as wait } from 'node:timers/promises';

/** The answer of `work`, or `otherwise` when it takes longer; it goes on all the same. */
export async function inTime<T, L>(work: Promise<T>, ms: number, otherwise: L): Promise<T | L> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      work,
      wait(ms, otherwise, { signal: timer.signal }).catch(() => otherwise),
    ]);
  } finally {
    timer.abort();
  }
}
