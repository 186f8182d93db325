import { createHash, randomBytes } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import { patiently } from './patience.ts';

/** More than 4 MiB: from there on Azure gives a blob its high throughput (learn.microsoft.com, scalability of Blob Storage). */
const BLOCK_BYTES = 8 * 1024 * 1024;
const IN_FLIGHT = 4;

/** Uploads what is written as blocks that nobody sees, some at the same time, in memory of five blocks at most. */
export type BlockUpload = {
  /** Copies the chunk; waits while all blocks are on their way. */
  write(chunk: Buffer): Promise<void>;
  /** Sends the rest and waits for all; returns the ids in order. */
  finish(): Promise<string[]>;
  /** Breaks off; no block arrives any more once this is done. */
  stop(): Promise<void>;
};

/** Names the blocks of one writer. */
export type BlockIds = { idOf(index: number): string; isOwn(id: string): boolean };

/**
 * Nobody else has these ids, so that blocks of two writers never mix; all have one length, as Azure demands of the
 * blocks of a blob.
 */
export function createBlockIds(): BlockIds {
  const writer = randomBytes(8).toString('hex');
  return {
    idOf: (index) => Buffer.from(`${writer}${String(index).padStart(8, '0')}`).toString('base64'),
    isOwn: (id) => Buffer.from(id, 'base64').toString().startsWith(writer),
  };
}

/** @param checkBlocks whether each block goes with its MD5 */
export function createBlockUpload(
  blob: BlockBlobClient,
  { idOf }: BlockIds,
  checkBlocks: boolean,
): BlockUpload {
  const stopping = new AbortController();
  const free: Buffer[] = [];
  const inFlight = new Set<Promise<void>>();
  const ids: string[] = [];
  let filling: Buffer | null = null;
  let used = 0;
  let failed: { error: unknown } | null = null;

  async function write(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      filling ??= await takeBuffer();
      const count = chunk.copy(filling, used, at);
      used += count;
      at += count;
      if (used === BLOCK_BYTES) send(filling);
    }
    throwIfFailed();
  }

  async function takeBuffer(): Promise<Buffer> {
    while (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
    throwIfFailed();
    return free.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES);
  }

  function send(buffer: Buffer): void {
    const id = idOf(ids.length);
    ids.push(id);
    const sending = stage(id, buffer.subarray(0, used))
      .catch((error: unknown) => {
        failed ??= { error };
        stopping.abort();
      })
      .finally(() => {
        free.push(buffer);
        inFlight.delete(sending);
      });
    inFlight.add(sending);
    filling = null;
    used = 0;
  }

  async function stage(id: string, block: Buffer): Promise<void> {
    const md5 = checkBlocks && {
      transactionalContentMD5: createHash('md5').update(block).digest(),
    };
    await patiently(
      (abortSignal) => blob.stageBlock(id, block, block.length, { abortSignal, ...md5 }),
      stopping.signal,
    );
  }

  function throwIfFailed(): void {
    if (failed) throw failed.error;
  }

  return {
    write,

    async finish() {
      if (filling && used > 0) send(filling);
      await Promise.all(inFlight);
      throwIfFailed();
      return ids;
    },

    async stop() {
      stopping.abort();
      await Promise.all(inFlight);
    },
  };
}
