import type { Builder } from '../../ports/builder.ts';
import { createThreads } from './threads.ts';

/** Planning and counting do not wait for parts, nor counting for a plan of millions of files. */
const READERS = 2;

/**
 * Plans and builds in threads, so that nobody waits for an answer because of it.
 * @param options.entry the module that runs in a thread; it calls `serveBuilder`
 * @param options.data what it needs to open source and store, plain data
 * @param options.builders so many parts are built at a time
 */
export function createThreadedBuilder(options: {
  entry: URL;
  data: unknown;
  builders: number;
}): Builder {
  const { entry, data, builders } = options;
  const building = createThreads({ entry, data, size: builders });
  const reading = createThreads({ entry, data, size: READERS });
  const { signal } = new AbortController();
  return {
    plan: (job, stop) => reading.run('plan', job, stop),
    part: (part, stop, onProgress) => building.run('part', part, stop, onProgress),
    totals: (accountId, selection) => reading.run('totals', { accountId, selection }, signal),
    close: async () => void (await Promise.all([building.close(), reading.close()])),
  };
}
