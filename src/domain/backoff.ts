/** How often something is tried before it is set aside: with the waits below, about twelve hours. */
export const MAX_TRIES = 60;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * How long to wait after a failed try: twice as long each time, up to 15 minutes. The upper half of it is left to
 * chance, so that many senders that failed together do not come back together.
 * @param tries failed tries so far, from 1
 * @param chance from 0 up to 1
 */
export function backoffMs(tries: number, chance: number): number {
  const doublings = Math.min(Math.max(tries, 1) - 1, 30);
  const wait = Math.min(FIRST_WAIT_MS * 2 ** doublings, LONGEST_WAIT_MS);
  return Math.round(wait / 2 + (wait / 2) * chance);
}

/**
 * When to try again, or null when it is time to give up.
 * @param error what the receiver said: not to come back, or not before so many seconds
 */
export function nextTryAt(
  now: Date,
  tries: number,
  chance: number,
  error: { retryAfterSeconds: number | null; permanent: boolean },
): Date | null {
  if (error.permanent || tries >= MAX_TRIES) return null;
  const asked = (error.retryAfterSeconds ?? 0) * 1_000;
  return new Date(now.getTime() + Math.max(asked, backoffMs(tries, chance)));
}
