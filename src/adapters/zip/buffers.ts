/** Small writes cost more than the bytes; what is larger leaves the processor's cache before it is written and hashed. */
export const CHUNK_BYTES = 4 * 1024 * 1024;

/** A buffer that is used for file after file; it grows to the largest. */
export type Slot = { buffer: Buffer };

/**
 * Buffers that go from one part to the next. Left to the garbage collector, those of finished parts pile up: it
 * sees the small object, not the megabytes behind it. Chunks lie in shared memory, so that another thread can
 * read them where they are.
 */
export type Buffers = {
  takeChunk(): Buffer;
  giveChunk(chunk: Buffer): void;
  takeSlot(): Slot;
  giveSlot(slot: Slot): void;
};

export function createBuffers(): Buffers {
  const chunks: Buffer[] = [];
  const slots: Slot[] = [];
  return {
    takeChunk: () => chunks.pop() ?? Buffer.from(new SharedArrayBuffer(CHUNK_BYTES)),
    giveChunk: (chunk) => void chunks.push(chunk),
    takeSlot: () => slots.pop() ?? { buffer: Buffer.alloc(0) },
    giveSlot: (slot) => void slots.push(slot),
  };
}
