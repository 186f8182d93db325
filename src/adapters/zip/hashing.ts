import { Worker } from 'node:worker_threads';

/** SHA-256 in a thread of its own: on one core it takes as long as reading, zipping and writing together. */
export type Hashing = { begin(): ChunkHash };

/** The hash of one blob, chunk after chunk. */
export type ChunkHash = {
  /** Done when the chunk may be filled again. It is read where it lies if it lies in shared memory. */
  update(chunk: Buffer): Promise<void>;
  /** Lower-case hex. */
  digest(): Promise<string>;
  /** Forgets a hash that nobody will ask for. */
  drop(): void;
};

export type HashOrder = { hash: number } & (
  | { kind: 'update'; bytes: Uint8Array }
  | { kind: 'digest' | 'drop' }
);
/** One for each order, in the order of the orders. */
export type HashAnswer = { hash: number; sha256: string | null };

type Waiting = { resolve(sha256: string | null): void; reject(error: unknown): void };

/** The thread starts with the first order, and does not keep the process alive. */
export function createHashing(): Hashing {
  const waiting: Waiting[] = [];
  let thread: Worker | null = null;
  let hashes = 0;

  function ask(order: HashOrder): Promise<string | null> {
    const worker = thread ?? start();
    if (waiting.length === 0) worker.ref();
    worker.postMessage(order);
    return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
  }

  function start(): Worker {
    const worker = new Worker(new URL('./hash-thread.ts', import.meta.url));
    worker.on('message', ({ sha256 }: HashAnswer) => {
      waiting.shift()?.resolve(sha256);
      if (waiting.length === 0) worker.unref();
    });
    worker.on('error', (error) => fail(worker, error));
    worker.on('exit', () => fail(worker, new Error('The thread that makes the SHA-256 ended.')));
    thread = worker;
    return worker;
  }

  /** What waits fails; the next part gets a new thread. */
  function fail(worker: Worker, error: unknown): void {
    if (thread !== worker) return;
    thread = null;
    for (const { reject } of waiting.splice(0)) reject(error);
  }

  return {
    begin() {
      const hash = hashes++;
      return {
        update: async (chunk) => void (await ask({ hash, kind: 'update', bytes: chunk })),
        digest: async () => (await ask({ hash, kind: 'digest' })) ?? '',
        drop: () => void ask({ hash, kind: 'drop' }).catch(() => {}),
      };
    },
  };
}
