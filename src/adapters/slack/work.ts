import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival, Arrivals } from '../../ports/arrivals.ts';
import type { Log } from '../../ports/log.ts';
import { toSendError } from './failure.ts';

/** After so many failures something is put aside, so that what was said later is answered. */
const MAX_FAILURES = 8;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** Threads that are worked on at once. */
const THREADS_AT_ONCE = 8;
/**
 * Slack waits three seconds to hear that something arrived, and then sends it again; the work behind it can wait. So
 * it begins when nothing more has come for so long, and does not wait for that for ever.
 */
const QUIET_MS = 30;
const QUIET_WITHIN_MS = 2_000;

/** Works on what arrived. */
export type Work = {
  /** Begins, also with what was kept before a restart. */
  start(): void;
  /** Something of this thread was kept. */
  look(thread: string): void;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
};

/** Each thread in its own order, several threads at the same time. */
export function createWork(
  arrivals: Arrivals,
  prefix: string,
  { log, now }: { log: Log; now: () => Date },
  handle: (content: unknown) => Promise<void>,
): Work {
  const waiting = new Set<string>();
  const busy = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  let running = false;
  let lastCameAt = Number.NEGATIVE_INFINITY;

  function look(thread: string): void {
    lastCameAt = performance.now();
    // A thread that pauses is looked at when its pause is over.
    if (!timers.has(thread)) waiting.add(thread);
    begin();
  }

  function begin(): void {
    for (const thread of waiting) {
      if (!running || busy.size >= THREADS_AT_ONCE) return;
      if (busy.has(thread)) continue;
      waiting.delete(thread);
      busy.set(
        thread,
        workOn(thread).finally(() => {
          busy.delete(thread);
          begin();
        }),
      );
    }
  }

  async function workOn(thread: string): Promise<void> {
    try {
      await quiet();
      for (let next = first(thread); next && running; next = first(thread)) {
        const pauseMs = await attempt(next);
        if (pauseMs > 0) return lookAgainIn(pauseMs, thread);
      }
    } catch (error) {
      log.error({ error }, 'what arrived could not be read');
      lookAgainIn(MAX_PAUSE_MS, thread);
    }
  }

  async function quiet(): Promise<void> {
    const until = performance.now() + QUIET_WITHIN_MS;
    // Once at least: Slack's answer to this very event goes out first.
    do await wait(QUIET_MS);
    while (running && performance.now() < Math.min(until, lastCameAt + QUIET_MS));
  }

  function first(thread: string): Arrival | undefined {
    return arrivals.waiting(thread).find((arrival) => arrival.thread === thread);
  }

  /** Returns how long to wait before the next try; 0 when it is done. */
  async function attempt({ id, content }: Arrival): Promise<number> {
    try {
      await handle(content);
    } catch (error) {
      const pauseMs = askedToWaitMs(error);
      if (pauseMs > 0) return pauseMs;
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      const kind = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
      log.error({ arrival: id, count, kind }, 'a message of a customer could not be worked on');
      if (count < MAX_FAILURES) return Math.min(FIRST_PAUSE_MS * 2 ** count, MAX_PAUSE_MS);
    }
    failures.delete(id);
    arrivals.done(id, now());
    return 0;
  }

  function lookAgainIn(pauseMs: number, thread: string): void {
    const timer = setTimeout(() => {
      timers.delete(thread);
      waiting.add(thread);
      begin();
    }, pauseMs);
    timer.unref();
    timers.set(thread, timer);
  }

  return {
    start() {
      running = true;
      for (const { thread } of arrivals.waiting(prefix)) waiting.add(thread);
      begin();
    },
    look,
    async stop() {
      running = false;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(busy.values());
    },
  };
}

/** Slack's rates are nobody's failure: the message waits as long as it has to. */
function askedToWaitMs(error: unknown): number {
  return (toSendError(error, 'A question').retryAfterSeconds ?? 0) * 1000;
}
