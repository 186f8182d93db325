import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../domain/failure.ts';
import type { BlobWriter } from '../../ports/export-store.ts';
import { type Buffers, CHUNK_BYTES } from './buffers.ts';

/** Joins what is written into large chunks, hashes them, and keeps one on its way to the blob while the next is filled. */
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

export function createOutput(blob: BlobWriter, signal: AbortSignal, buffers: Buffers): Output {
  const hash = createHash('sha256');
  let filling = buffers.takeChunk();
  let sending = buffers.takeChunk();
  let used = 0;
  let sent = 0;
  let isClosed = false;
  let onItsWay: Promise<void> = Promise.resolve();

  async function write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const room = used < CHUNK_BYTES ? filling.subarray(used) : await nextRoom();
      const count = bytes.copy(room, 0, at);
      used += count;
      at += count;
    }
  }

  async function nextRoom(): Promise<Buffer> {
    if (used === CHUNK_BYTES) await send();
    return filling.subarray(used);
  }

  /** Waits until the chunk before is written: then its buffer is free, and the store sets the pace. */
  async function send(): Promise<void> {
    throwIfCancelled(signal);
    await onItsWay;
    const chunk = filling.subarray(0, used);
    onItsWay = blob.write(chunk);
    // A failure is thrown by the next `await onItsWay`; until then it must not count as unhandled.
    onItsWay.catch(() => {});
    hash.update(chunk);
    [filling, sending] = [sending, filling];
    sent += used;
    used = 0;
  }

  async function finish(): Promise<{ sizeBytes: number; sha256: string }> {
    if (used > 0) await send();
    await onItsWay;
    return { sizeBytes: sent, sha256: hash.digest('hex') };
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    // Given back twice, a buffer would be filled by two parts.
    isClosed = true;
    await onItsWay.catch(() => {});
    buffers.giveChunk(filling);
    buffers.giveChunk(sending);
  }

  return {
    position: () => sent + used,
    write,
    room: nextRoom,
    filled: (bytes) => {
      used += bytes;
    },
    finish,
    close,
  };
}
