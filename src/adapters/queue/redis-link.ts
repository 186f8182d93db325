import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Log } from '../../ports/log.ts';

const LONGEST_WAIT_MS = 2_000;
const ANSWER_WITHIN_MS = 10_000;
const CLOSE_WITHIN_MS = 3_000;

/** Connections to one Redis, which come back by themselves when it was away. */
export type RedisLink = {
  /** Fails at once while Redis is away, so that nobody waits for it. */
  quick: Redis;
  /** Waits until Redis is back. */
  patient: Redis;
  /** @throws Error when Redis cannot be reached now */
  check(): Promise<void>;
  /** For the `error` events of BullMQ. */
  onError(error: Error): void;
  /** Closes what stands on these connections, then the connections. Waits for nothing when Redis is away. */
  close(others: () => Promise<unknown>): Promise<void>;
};

/** Says in the log when Redis goes away and when it is back, once each. */
export function openRedis(url: string, log: Log): RedisLink {
  let isAway = false;
  let isClosed = false;
  // BullMQ makes connections of its own after these, with the same strategy; nothing else would stop them.
  const retryStrategy = (times: number) =>
    isClosed ? null : Math.min(times * 200, LONGEST_WAIT_MS);
  const quick = new Redis(url, {
    retryStrategy,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: ANSWER_WITHIN_MS,
  });
  const patient = new Redis(url, { retryStrategy, maxRetriesPerRequest: null });

  const firstContact = new Promise<void>((resolve) => {
    quick.once('ready', () => resolve());
    quick.once('close', () => resolve());
  });
  const away = (error?: Error): void => {
    if (isAway || isClosed) return;
    isAway = true;
    log.warn(
      { reason: error?.message ?? 'the connection broke' },
      'Redis cannot be reached; trying again until it can',
    );
  };
  quick.on('close', () => away());
  quick.on('ready', () => {
    if (isAway) log.info({}, 'Redis can be reached again');
    isAway = false;
  });
  // A connection that breaks says so with an error event too; unheard, it would end the process.
  quick.on('error', away);
  patient.on('error', () => {});

  return {
    quick,
    patient,
    async check() {
      await firstContact;
      if (quick.status !== 'ready') throw new Error('Redis cannot be reached.');
    },
    onError(error) {
      if (isClosed || isAway || isConnectionError(error)) return;
      // The message alone: ioredis hangs the command on its errors, and that of signing in holds the password.
      log.warn({ reason: error.message }, 'the queue had trouble');
    },
    async close(others) {
      const hangUp = (): void => {
        isClosed = true;
        quick.disconnect();
        patient.disconnect();
      };
      if (quick.status !== 'ready') hangUp();
      const late = wait(CLOSE_WITHIN_MS, undefined, { ref: false });
      await Promise.race([others().catch(() => {}), late]);
      hangUp();
    },
  };
}

function isConnectionError(error: Error): boolean {
  return (
    ('code' in error && /^E[A-Z]+$/.test(String(error.code))) ||
    /connection is closed|isn't writeable|Command timed out/i.test(error.message)
  );
}
