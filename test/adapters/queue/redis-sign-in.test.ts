import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createRedisQueue } from '../../../src/adapters/queue/redis-queue.ts';
import { RecordingLog } from '../../support/recorders.ts';
import { hasRedis, startRedis } from '../../support/redis.ts';
import { planOf } from '../../support/small-plans.ts';

test.skipIf(!hasRedis)(
  'a wrong password is said once, and stands in no line of the log',
  async () => {
    const redis = await startRedis();
    const admin = new Redis(redis.url);
    await admin.config('SET', 'requirepass', 'the right one');
    const log = new RecordingLog();
    const queue = createRedisQueue({ url: redis.url.replace('//', '//:hunter2@'), log });
    try {
      await expect(queue.submit(planOf('a', 1))).rejects.toThrow('Redis cannot be reached');
      const connections = async () =>
        Number(/total_connections_received:(\d+)/.exec(await admin.info('stats'))?.[1]);
      // Two connections, which try again.
      await expect.poll(connections, { timeout: 5_000 }).toBeGreaterThan(6);
      expect(log.lines).toMatchObject([
        { level: 'warn', fields: { reason: expect.stringContaining('WRONGPASS') } },
      ]);
      expect(inspect(log.lines, { depth: 9 })).not.toContain('hunter2');
    } finally {
      await queue.close();
      admin.disconnect();
      await redis.close();
    }
  },
);
