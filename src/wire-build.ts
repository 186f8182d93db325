import { createVault } from './adapters/crypto/vault.ts';
import { openFirstPlaces } from './adapters/first-places/temporary.ts';
import { createLog } from './adapters/log/pino-log.ts';
import { createInProcessQueue } from './adapters/queue/in-process.ts';
import { createThreadedBuilder } from './adapters/queue/threaded-builder.ts';
import { ensureSecret } from './adapters/secret/secret-file.ts';
import type { Config } from './config.ts';
import { createBuilder } from './flow/builder.ts';
import { createPasswords } from './flow/passwords.ts';
import type { Builder } from './ports/builder.ts';
import type { JobQueue } from './ports/job-queue.ts';
import type { Log } from './ports/log.ts';
import { openSourceFile } from './wire-source.ts';
import { openStore, type StoreConfig } from './wire-store.ts';

/** What planning and building need to know; plain data, because it goes to other threads. */
export type BuildConfig = StoreConfig & { sourceFile: string } & Pick<Config, 'secret'>;

/** Plans and builds in this thread. */
export async function openBuilder(config: BuildConfig): Promise<Builder> {
  const { store, openPart } = await openStore(config);
  const { ats, source } = await openSourceFile(config.sourceFile, createLog('warn'));
  const builder = createBuilder({
    source,
    store,
    openPart,
    openFirstPlaces,
    passwords: createPasswords(store, createVault(ensureSecret(config.dataDir, config.secret))),
    now: () => new Date(),
  });
  return {
    ...builder,
    async close() {
      await builder.close();
      await ats.close();
    },
  };
}

/** Plans and builds in threads of this process, so many parts at a time. */
export function openThreadedBuilder(config: BuildConfig, builders: number): Builder {
  const { sourceFile, dataDir, azure, links, secret } = config;
  return createThreadedBuilder({
    entry: new URL('./wire-thread.ts', import.meta.url),
    data: { sourceFile, dataDir, azure, links, secret } satisfies BuildConfig,
    builders,
  });
}

/** The queue that the configuration asks for. Redis's library is loaded only then. */
export async function openQueue(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  { builder, partsAtATime, log }: { builder: Builder; partsAtATime: number; log: Log },
): Promise<JobQueue> {
  if (!redisUrl) {
    return createInProcessQueue({ concurrency: partsAtATime, buildPart: builder.part });
  }
  const { createRedisQueue } = await import('./adapters/queue/redis-queue.ts');
  return createRedisQueue({ url: redisUrl, log });
}
