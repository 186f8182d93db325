import { setTimeout as wait } from 'node:timers/promises';
import { addMilliseconds } from 'date-fns/addMilliseconds';
import type { OutboxRow } from '../ports/outbox.ts';
import type { Deps } from './deps.ts';
import { giveBack } from './give-back.ts';
import { type Rendering, send } from './send.ts';

const POLL_MS = 250;
/** How many lanes are served at once. */
const MAX_IN_FLIGHT = 16;
/** A try that takes longer counts as failed; shorter than the lease, so that nobody else begins the same row. */
const SEND_TIMEOUT_MS = 45_000;
const LEASE_MS = 60_000;

/** Sends what is in the outbox, in the order of each lane; a lane that is stuck holds up no other. */
export type Dispatcher = {
  /** Sends until `stop`, looking for new rows every 250 ms. */
  run(): Promise<void>;
  /** Sends what is due now, or until nothing is left in one lane. Does not wait for later tries. */
  drain(lane?: string): Promise<void>;
  /** Begins nothing more and waits for what is on its way. */
  stop(): Promise<void>;
};

export type DispatchDeps = Pick<
  Deps,
  'outbox' | 'tickets' | 'threads' | 'desk' | 'mailer' | 'clock' | 'log'
>;

/** @param options.chance a number from 0 up to 1, for the jitter of the back-off */
export function createDispatcher(
  deps: DispatchDeps,
  rendering: Rendering,
  options: { chance?: () => number; sendTimeoutMs?: number } = {},
): Dispatcher {
  const chance = options.chance ?? Math.random;
  const timeoutMs = options.sendTimeoutMs ?? SEND_TIMEOUT_MS;
  const inFlight = new Map<number, Promise<void>>();
  const stopping = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      begin();
      await wait(POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function drain(lane?: string): Promise<void> {
    for (;;) {
      begin();
      if (inFlight.size === 0) return;
      await Promise.race(inFlight.values());
      if (lane !== undefined && !deps.outbox.pending(lane)) return;
    }
  }

  /** Takes rows as far as there is room. */
  function begin(): void {
    const room = MAX_IN_FLIGHT - inFlight.size;
    if (room <= 0 || stopping.signal.aborted) return;
    try {
      const now = deps.clock.now();
      for (const row of deps.outbox.claim(now, addMilliseconds(now, LEASE_MS), room)) {
        // A clock that is moved forward ends leases early; what is still on its way is not begun again.
        if (!inFlight.has(row.id)) inFlight.set(row.id, handle(row));
      }
    } catch (error) {
      deps.log.error({ error }, 'outbox not read');
    }
  }

  async function handle(row: OutboxRow): Promise<void> {
    try {
      await inTime(send(deps, rendering, row), timeoutMs);
      deps.outbox.sent(row.id, deps.clock.now());
    } catch (error) {
      giveBack(deps, row, error, chance());
    } finally {
      inFlight.delete(row.id);
      begin();
    }
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await Promise.all(inFlight.values());
  }

  return { run, drain, stop };
}

async function inTime(sending: Promise<void>, timeoutMs: number): Promise<void> {
  const timer = new AbortController();
  const late = wait(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`There was no answer within ${timeoutMs / 1000} seconds.`);
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}
