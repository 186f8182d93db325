import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createLog } from './adapters/log/pino-log.ts';
import { createRedisWorker } from './adapters/queue/redis-worker.ts';
import { type Config, ConfigError } from './config.ts';
import { openThreadedBuilder } from './wire-build.ts';
import { openSourceFile, sampleDir } from './wire-source.ts';

/** A worker that takes parts. */
export type OpenedWorker = {
  /** Parts that it builds at the same time: one for each core that it may use. */
  concurrency: number;
  close(): Promise<void>;
};

/**
 * Opens what a worker needs, and begins to take parts. It has nothing to do with the bot's database.
 * @throws ConfigError, SourceProblem: a sentence that says what is missing
 */
export async function openWorker(config: Config): Promise<OpenedWorker> {
  const { redisUrl } = config;
  if (!redisUrl) {
    throw new ConfigError(
      'REDIS_URL is not set, and a worker takes its parts from there; set it as the bot has it, for example REDIS_URL=redis://127.0.0.1:6379.',
    );
  }
  const sourceFile = sourceFileFor(config);
  // Opened once and closed again: what is wrong with it is said now, and not with the first part.
  await (await openSourceFile(sourceFile)).ats.close();
  const log = createLog(config.logLevel);
  const concurrency = availableParallelism();
  const builder = openThreadedBuilder({ ...config, sourceFile }, concurrency);
  const worker = createRedisWorker({ url: redisUrl, log, concurrency, buildPart: builder.part });
  return {
    concurrency,
    async close() {
      await worker.close();
      await builder.close();
    },
  };
}

/** A sample is made by the bot: two that made it at the same time would spoil it. */
function sourceFileFor(config: Config): string {
  if (config.sourceFile) return config.sourceFile;
  const file = join(sampleDir(config), 'source.yaml');
  if (existsSync(file)) return file;
  throw new ConfigError(
    `SOURCE is not set, and there is no sample in ${sampleDir(config)}; set SOURCE (or DATA_DIR) as the bot has it.`,
  );
}
