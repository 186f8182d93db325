import { describe } from 'vitest';
import { createInProcessQueue } from '../../../src/adapters/queue/in-process.ts';
import { jobQueueContract } from '../../contracts/job-queue.ts';

describe('the queue in this process', () => {
  jobQueueContract(async (options) => {
    const queue = createInProcessQueue({ ...options, retry: { tries: 3, firstWaitMs: 1 } });
    return { queue, close: () => queue.close() };
  });
});
