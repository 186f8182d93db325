import { setTimeout as wait } from 'node:timers/promises';
import { SendError } from '../domain/send-error.ts';
import type { Arrival, Arrivals, Work } from '../ports/arrivals.ts';
import type { Log } from '../ports/log.ts';

/** After so many failures something is put aside, so that what was said later is answered. */
const MAX_FAILURES = 8;
/** While a service is away nothing of it can be answered anyhow: it is asked for hours. */
const MAX_FAILURES_OF_SERVICE = 500;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** Threads that are worked on at once. */
const THREADS_AT_ONCE = 8;
/**
 * Services wait for seconds, or less, to hear that something arrived, and then send it again; the work behind it can
 * wait. So it begins when nothing more has come for so long, and does not wait for that for ever.
 */
const QUIET_MS = 30;
const QUIET_WITHIN_MS = 2_000;

/**
 * Works on what arrived: each thread in its own order, several threads at the same time.
 * @param prefix what the threads of the service begin with
 * @param handle may throw a SendError: one that asks to wait is waited for, any other of the service is tried for hours
 */
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
      for (let next = arrivals.first(thread); next && running; next = arrivals.first(thread)) {
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
    // Once at least: The answer to this very event goes out first.
    do await wait(QUIET_MS);
    while (running && performance.now() < Math.min(until, lastCameAt + QUIET_MS));
  }

  /** Returns how long to wait before the next try; 0 when it is done. */
  async function attempt({ id, content }: Arrival): Promise<number> {
    try {
      await handle(content);
    } catch (error) {
      const askedMs = error instanceof SendError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      if (askedMs > 0) return askedMs;
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      const kind = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
      log.error({ arrival: id, count, kind }, 'what arrived could not be worked on');
      if (count < maxFailures(error)) return Math.min(FIRST_PAUSE_MS * 2 ** count, MAX_PAUSE_MS);
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

  function lookAtAll(): void {
    for (const { thread } of arrivals.waiting(prefix)) {
      if (!timers.has(thread)) waiting.add(thread);
    }
    begin();
  }

  return {
    start() {
      running = true;
      lookAtAll();
    },
    look,
    lookAtAll,
    async stop() {
      running = false;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(busy.values());
    },
  };
}

function maxFailures(error: unknown): number {
  if (!(error instanceof SendError)) return MAX_FAILURES;
  return error.permanent ? 1 : MAX_FAILURES_OF_SERVICE;
}
