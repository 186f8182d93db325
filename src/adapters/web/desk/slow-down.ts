const FREE_TRIES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
const FORGET_AFTER_MS = 60 * 60_000;
const MAX_ADDRESSES = 10_000;

/** Holds back whoever guesses: after five wrong tries an address waits, twice as long after each further one. */
export type SlowDown = {
  /** Milliseconds that this address has to wait before its next try; 0 when it may try. */
  waitMs(address: string, now: Date): number;
  wrong(address: string, now: Date): void;
  right(address: string): void;
};

export function createSlowDown(): SlowDown {
  const tries = new Map<string, { wrong: number; lastAt: number }>();

  return {
    waitMs(address, now) {
      const known = tries.get(address);
      if (!known || known.wrong < FREE_TRIES) return 0;
      const pause = Math.min(
        LONGEST_PAUSE_MS,
        FIRST_PAUSE_MS * 2 ** Math.min(known.wrong - FREE_TRIES, 10),
      );
      return Math.max(0, known.lastAt + pause - now.getTime());
    },

    wrong(address, now) {
      const known = tries.get(address);
      const fresh = known && now.getTime() - known.lastAt < FORGET_AFTER_MS;
      tries.delete(address);
      tries.set(address, { wrong: (fresh ? known.wrong : 0) + 1, lastAt: now.getTime() });
      // The oldest goes first: a flood of addresses cannot fill the memory.
      for (const oldest of tries.keys()) {
        if (tries.size <= MAX_ADDRESSES) break;
        tries.delete(oldest);
      }
    },

    right(address) {
      tries.delete(address);
    },
  };
}
