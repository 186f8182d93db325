import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../domain/failure.ts';
import type { BlobWriter } from '../../ports/export-store.ts';
import { type Buffers, CHUNK_BYTES } from './buffers.ts';
import type { ChunkHash, Hashing } from './hashing.ts';

/** Joins what is written into large chunks; some are hashed and on their way to the blob while the next is filled. */
export type Output = {
  /** Bytes so far: where the next one will stand in the blob. */
  position(): number;
  write(bytes: Buffer): Promise<void>;
  /** Room of at least one byte to fill in place; say with `filled` how much of it was used. */
  room(): Promise<Buffer>;
  filled(bytes: number): void;
  finish(): Promise<{ sizeBytes: number; sha256: string }>;
  /** Gives back the buffers, when nobody writes from them any more; for `finally`. */
  close(): Promise<void>;
};

/** One is filled, the others are hashed and written. */
const CHUNKS = 4;

export function createOutput(
  blob: BlobWriter,
  signal: AbortSignal,
  { buffers, hashing }: { buffers: Buffers; hashing: Hashing },
): Output {
  const chunks = Array.from({ length: CHUNKS }, () => buffers.takeChunk());
  const onTheirWay: Promise<unknown>[] = [];
  let written: Promise<void> = Promise.resolve();
  let hash: ChunkHash | null = null;
  let filling = chunks[0] ?? buffers.takeChunk();
  let next = 1;
  let used = 0;
  let sent = 0;
  let isClosed = false;

  async function write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const space = used < CHUNK_BYTES ? filling.subarray(used) : await room();
      const count = bytes.copy(space, 0, at);
      used += count;
      at += count;
    }
  }

  async function room(): Promise<Buffer> {
    if (used === CHUNK_BYTES) await send();
    return filling.subarray(used);
  }

  /** Waits until a chunk is both written and hashed: then it is free, and the store sets the pace. */
  async function send(): Promise<void> {
    throwIfCancelled(signal);
    const chunk = filling.subarray(0, used);
    hash ??= hashing.begin();
    written = written.then(() => blob.write(chunk));
    const done = Promise.all([written, hash.update(chunk)]);
    // A failure is thrown when this chunk is waited for; until then it must not count as unhandled.
    done.catch(() => {});
    onTheirWay.push(done);
    sent += used;
    used = 0;
    if (onTheirWay.length === CHUNKS) await onTheirWay.shift();
    filling = chunks[next++ % CHUNKS] ?? filling;
  }

  async function finish(): Promise<{ sizeBytes: number; sha256: string }> {
    if (!hash) return finishSmall();
    if (used > 0) await send();
    const sha256 = await hash.digest();
    await Promise.all(onTheirWay);
    return { sizeBytes: sent, sha256 };
  }

  /** For a part of one chunk no thread is woken. */
  async function finishSmall(): Promise<{ sizeBytes: number; sha256: string }> {
    throwIfCancelled(signal);
    const chunk = filling.subarray(0, used);
    await blob.write(chunk);
    return { sizeBytes: used, sha256: createHash('sha256').update(chunk).digest('hex') };
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    // Given back twice, a buffer would be filled by two parts.
    isClosed = true;
    hash?.drop();
    await Promise.allSettled(onTheirWay);
    for (const chunk of chunks) buffers.giveChunk(chunk);
  }

  return {
    position: () => sent + used,
    write,
    room,
    filled: (bytes) => {
      used += bytes;
    },
    finish,
    close,
  };
}
