import { setTimeout as pause } from 'node:timers/promises';
import type { StorageRetryOptions } from '@azure/storage-blob';
import { codeOf } from './failure.ts';

/**
 * The SDK waits 0, 1, 3, 7, 15 and 30 seconds between its tries: what breaks off for less than a minute is not noticed.
 * (An SDK without settings gives up after 16 seconds.)
 */
export const RETRY: StorageRetryOptions = {
  maxTries: 7,
  retryDelayInMs: 1000,
  maxRetryDelayInMs: 30_000,
};

/** The first contact says at once what is wrong with the configuration. */
export const QUICK_RETRY: StorageRetryOptions = { maxTries: 3, retryDelayInMs: 500 };

/**
 * The SDK waits for ever for a line that died without a word. A block of 8 MiB passes in this time at 60 KB/s, with
 * the SDK's own tries in it.
 */
const DEADLINE_MS = 150_000;
const TRIES = 3;
/** What passes by itself, and the SDK takes for final. */
const PASSES = /^(EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNABORTED)$/;
const PAUSE_MS = 5000;

/**
 * Does one request of the SDK, and begins again when it hangs or the network is away.
 * @param signal aborts it for good
 */
export async function patiently<T>(
  work: (abortSignal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await work(signal ? AbortSignal.any([signal, deadline]) : deadline);
    } catch (error) {
      const hasPassing = PASSES.test(codeOf(error));
      if (signal?.aborted || tries === TRIES || !(deadline.aborted || hasPassing)) throw error;
      if (hasPassing) await pause(PAUSE_MS * tries, undefined, signal ? { signal } : {});
    }
  }
}
