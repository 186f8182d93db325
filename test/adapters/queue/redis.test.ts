import { afterAll, beforeAll, describe } from 'vitest';
import { createRedisQueue } from '../../../src/adapters/queue/redis-queue.ts';
import { createRedisWorker } from '../../../src/adapters/queue/redis-worker.ts';
import { jobQueueContract } from '../../contracts/job-queue.ts';
import { RecordingLog } from '../../support/recorders.ts';
import { hasRedis, type RedisServer, startRedis } from '../../support/redis.ts';

let redis: RedisServer;
const PACE = { lockMs: 1_000, lookMs: 50, checkMs: 100, orphanMs: 300, graceMs: 0 };

describe.skipIf(!hasRedis)('the queue in Redis', () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  jobQueueContract(async (options) => {
    await redis.restart();
    const common = { url: redis.url, log: new RecordingLog(), pace: PACE };
    const queue = createRedisQueue({ ...common, retry: { tries: 3, firstWaitMs: 1 } });
    const worker = createRedisWorker({ ...common, ...options });
    const close = async () => void (await Promise.all([worker.close(), queue.close()]));
    return { queue, close };
  });
});
