import { SendError } from '../domain/send-error.ts';
import type { Arrival, Arrivals } from '../ports/arrivals.ts';
import type { Log } from '../ports/log.ts';

/** After so many failures something is put aside, so that what was said later is answered. */
const MAX_FAILURES = 8;
/** While a service is away nothing of it can be answered anyhow: it is asked for hours. */
const MAX_FAILURES_OF_SERVICE = 500;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/** Works on what arrived. */
export type Work = {
  /** Begins, also with what was kept before a restart. */
  start(): void;
  /** Something was kept. */
  look(): void;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
};

/**
 * One thread after the other in its own order, all threads at the same time.
 * @param prefix what the threads of the service begin with
 * @param handle may throw a SendError: one that asks to wait is waited for, one of the service is tried for hours
 */
export function createWork(
  arrivals: Arrivals,
  prefix: string,
  { log, now }: { log: Log; now: () => Date },
  handle: (content: unknown) => Promise<void>,
): Work {
  const busy = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let running = false;

  function look(): void {
    if (!running) return;
    for (const { thread } of arrivals.waiting(prefix)) {
      if (!busy.has(thread)) busy.set(thread, workOn(thread));
    }
  }

  async function workOn(thread: string): Promise<void> {
    let pauseMs = 0;
    try {
      // The service's answer goes out first.
      await new Promise((resolve) => setImmediate(resolve));
      for (let next = first(thread); next && running; next = first(thread)) {
        pauseMs = await attempt(next);
        if (pauseMs > 0) return;
      }
    } catch (error) {
      log.error({ error }, 'what arrived could not be read');
      pauseMs = MAX_PAUSE_MS;
    } finally {
      if (pauseMs > 0) lookAgainIn(pauseMs, thread);
      else busy.delete(thread);
    }
  }

  function first(thread: string): Arrival | undefined {
    return arrivals.waiting(thread).find((arrival) => arrival.thread === thread);
  }

  /** Returns how long to wait before the next try; 0 when it is done. */
  async function attempt({ id, content }: Arrival): Promise<number> {
    try {
      await handle(content);
    } catch (error) {
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      const kind = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
      log.error({ arrival: id, count, kind }, 'what arrived could not be worked on');
      if (count < maxFailures(error)) return pauseAfter(error, count);
    }
    failures.delete(id);
    arrivals.done(id, now());
    return 0;
  }

  function lookAgainIn(pauseMs: number, thread: string): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      busy.delete(thread);
      look();
    }, pauseMs);
    timer.unref();
    timers.add(timer);
  }

  return {
    start() {
      running = true;
      look();
    },
    look,
    async stop() {
      running = false;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(busy.values());
    },
  };
}

function maxFailures(error: unknown): number {
  if (!(error instanceof SendError)) return MAX_FAILURES;
  return error.permanent ? 1 : MAX_FAILURES_OF_SERVICE;
}

function pauseAfter(error: unknown, count: number): number {
  const askedMs = error instanceof SendError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(askedMs, Math.min(FIRST_PAUSE_MS * 2 ** Math.min(count, 10), MAX_PAUSE_MS));
}
