import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { asFailure } from '../../domain/failure.ts';
import type { Builder } from '../../ports/builder.ts';
import type { PartProgress } from '../../ports/job-queue.ts';
import type { Answer, Order, Work } from './thread-messages.ts';

/** Steps of niceness, of which there are 40, below the rest of the process: who waits for an answer goes before. */
const STEP_BACK = 10;
const LAST = 19;
/** The bot hears of a part's progress so often. */
const PROGRESS_EVERY_MS = 250;

/**
 * The inside of a thread: does what `createThreads` on the other side asks for.
 * @param open called with the first order, and again when it failed
 */
export function serveBuilder(port: MessagePort, open: () => Promise<Builder>): void {
  const running = new Map<number, AbortController>();
  let opened: Promise<Builder> | null = null;
  stepBack();

  port.on('message', (order: Order) => {
    if (order.kind === 'abort') running.get(order.id)?.abort();
    else void answer(order);
  });

  async function answer(order: Exclude<Order, { kind: 'abort' }>): Promise<void> {
    const { id } = order;
    const stop = new AbortController();
    running.set(id, stop);
    try {
      post({ id, kind: 'done', result: await work(order, stop.signal) });
    } catch (error) {
      const { reason, message, stack = '' } = asFailure(error);
      post({ id, kind: 'failed', reason, message, stack });
    } finally {
      running.delete(id);
    }
  }

  async function work(
    order: Exclude<Order, { kind: 'abort' }>,
    signal: AbortSignal,
  ): Promise<Work[keyof Work]['result']> {
    const builder = await builderNow();
    switch (order.kind) {
      case 'plan':
        return builder.plan(order.input, signal);
      case 'part':
        return builder.part(order.input, signal, reporter(order.id));
      case 'totals':
        return builder.totals(order.input.accountId, order.input.selection);
    }
  }

  async function builderNow(): Promise<Builder> {
    opened ??= open();
    return opened.catch((error: unknown) => {
      opened = null;
      throw error;
    });
  }

  function reporter(id: number): (done: PartProgress) => void {
    let lastAt = 0;
    return (done) => {
      const now = performance.now();
      if (now - lastAt < PROGRESS_EVERY_MS) return;
      lastAt = now;
      post({ id, kind: 'progress', done });
    };
  }

  function post(answer: Answer): void {
    port.postMessage(answer);
  }
}

/** Linux knows the priority of a single thread; elsewhere all are equal. Threads that this one starts inherit it. */
function stepBack(): void {
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')));
    setPriority(thread, Math.min(getPriority() + STEP_BACK, LAST));
  } catch {
    // It only makes answers a little slower.
  }
}
