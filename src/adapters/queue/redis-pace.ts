/** How often things are looked at, and how long is waited. */
export type Pace = {
  /** A job whose worker has not been heard of for so long is given to another one. Renewed in half the time. */
  lockMs: number;
  /** Workers look for cancelled exports, the bot for progress. */
  lookMs: number;
  /** The bot looks whether an export that it has submitted is still in Redis. */
  checkMs: number;
  /** An export that lies in Redis and that the bot does not submit any more is dropped after so long. */
  orphanMs: number;
  /** A worker that is told to stop gives its parts so long to be finished, then gives them back. */
  graceMs: number;
};

/**
 * Building happens in threads, so that a worker's heart goes on beating; one that was halted for ten seconds loses
 * its part, which does no harm; so does one that is killed before the grace is over.
 */
export const PACE: Pace = {
  lockMs: 10_000,
  lookMs: 1_000,
  checkMs: 2_000,
  orphanMs: 30_000,
  graceMs: 30_000,
};

/** A part that has taken so many workers with it is given up. */
export const MAX_STALLED = 5;
