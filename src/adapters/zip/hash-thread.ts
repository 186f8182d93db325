import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { HashAnswer, HashOrder } from './hashing.ts';

/** The other side of `createHashing`: SHA-256 of several blobs, each in the order in which its chunks come. */
const hashes = new Map<number, Hash>();

parentPort?.on('message', (order: HashOrder) => {
  answer({ hash: order.hash, sha256: work(order) });
});

function work(order: HashOrder): string | null {
  const hash = hashes.get(order.hash) ?? createHash('sha256');
  if (order.kind === 'update') {
    hashes.set(order.hash, hash.update(order.bytes));
    return null;
  }
  hashes.delete(order.hash);
  return order.kind === 'digest' ? hash.digest('hex') : null;
}

function answer(message: HashAnswer): void {
  parentPort?.postMessage(message);
}
