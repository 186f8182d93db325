import { setTimeout as pause } from 'node:timers/promises';
import type { Notice } from './database.ts';

/** How often, and with which pauses, a database is called again that hung up. */
const PAUSES_MS = [0, 250, 1_000, 3_000, 8_000];

/** How to open connections of one kind. */
export type Connecting<C> = {
  open(): Promise<C>;
  close(connection: C): Promise<void>;
  /** True for an error after which the connection is of no use, and another may be. */
  isLost(error: unknown): boolean;
  notice: Notice;
};

/** One connection, made when it is needed and made again when it is lost; one query at a time. */
export type Steady<C> = {
  run<T>(work: (connection: C) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/**
 * A query that a lost connection broke off is asked again on a new one: all queries only read, and a page begins at a
 * key, so nothing comes twice and nothing is left out.
 */
export function createSteady<C>(connecting: Connecting<C>, whenLost: string): Steady<C> {
  const { open, close, isLost, notice } = connecting;
  let connection: Promise<C> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let wasOpen = false;

  async function attempt<T>(work: (connection: C) => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        connection ??= open();
        const opened = await connection;
        wasOpen = true;
        return await work(opened);
      } catch (error) {
        if (!isLost(error)) throw error;
        const lost = connection;
        connection = null;
        await lost?.then(close).catch(() => {});
        const wait = PAUSES_MS[tries];
        // What was never there is a wrong setting, and is said at once.
        if (wait === undefined || isClosed || !wasOpen) throw error;
        notice(whenLost);
        await pause(wait);
      }
    }
  }

  return {
    run(work) {
      const mine = turn.then(() => attempt(work));
      turn = mine.catch(() => {});
      return mine;
    },
    async close() {
      isClosed = true;
      await turn;
      const last = connection;
      connection = null;
      await last?.then(close).catch(() => {});
    },
  };
}
