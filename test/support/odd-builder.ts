import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { serveBuilder } from '../../src/adapters/queue/builder-thread.ts';
import { ExportFailure } from '../../src/domain/failure.ts';
import type { Builder } from '../../src/ports/builder.ts';
import { receiptOf } from './small-plans.ts';

/** A thread whose parts do what their export is called. Receipts say in `entries` which thread it was. */
const builder: Builder = {
  plan: () => Promise.reject(new Error('not asked for')),
  totals: async (accountId) => ({ ...workerData.totals, accountId }),
  close: async () => {},
  async part(part, signal, onProgress) {
    onProgress({ files: 1, bytes: 10 });
    switch (part.exportId) {
      case 'dies':
        process.exit(1);
        break;
      case 'throws outside':
        setImmediate(() => {
          throw new Error('nobody catches this');
        });
        await wait(60_000);
        break;
      case 'fails':
        throw new ExportFailure('disk_full', 'The disk is full.');
      case 'waits':
        await wait(60_000, undefined, { signal }).catch(() => {
          throw new ExportFailure('cancelled', 'It was cancelled.');
        });
        break;
      case 'hangs':
        for (;;) Math.sqrt(2);
      default:
        await wait(20);
    }
    return { ...receiptOf(part), entries: threadId };
  },
};

if (parentPort) {
  let opened = 0;
  serveBuilder(parentPort, async () => {
    opened += 1;
    if (workerData.failsToOpen && opened === 1) {
      throw new ExportFailure('source_unreadable', 'The database is away.');
    }
    return builder;
  });
}
