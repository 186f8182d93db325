import { setTimeout as wait } from 'node:timers/promises';

/** Edits of cards, not too many: those of one card that come close together become one. */
export type Pace = {
  /** Ends when the card shows at least what was true at this call; fails when that edit failed. */
  touch(ticketNumber: number): Promise<void>;
  /** Waits for what is on its way. */
  settle(): Promise<void>;
};

/**
 * Beside the outbox, not through it: a card is drawn from what is stored at the moment of the edit, so an edit that was
 * overtaken need not be sent, and one that was lost is made good by the next. The outbox row of the change waits for
 * its edit and tries it again when it fails; that is how the last state always arrives.
 * @param minGapMs between the beginnings of two edits of one card
 */
export function createPace(edit: (ticketNumber: number) => Promise<void>, minGapMs: number): Pace {
  const waiting = new Map<number, Promise<void>>();
  const running = new Map<number, { begunAt: number; done: Promise<void> }>();

  function touch(number: number): Promise<void> {
    const next = waiting.get(number) ?? begin(number);
    waiting.set(number, next);
    return next;
  }

  async function begin(number: number): Promise<void> {
    const before = running.get(number);
    await Promise.allSettled([before?.done]);
    const gapMs = before ? before.begunAt + minGapMs - performance.now() : 0;
    if (gapMs > 0) await wait(gapMs);
    waiting.delete(number);
    const done = edit(number);
    running.set(number, { begunAt: performance.now(), done });
    await done;
  }

  async function settle(): Promise<void> {
    await Promise.allSettled([
      ...waiting.values(),
      ...[...running.values()].map(({ done }) => done),
    ]);
  }

  return { touch, settle };
}
