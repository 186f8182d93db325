import { createCipheriv, createHash } from 'node:crypto';

/** Draws that are the same for the same seed. */
export type Chance = {
  /** An integer from 0 to `count - 1`. */
  below(count: number): number;
  /** One of the values. */
  pick<T>(values: readonly [T, ...T[]]): T;
};

/** mulberry32: small, fast and good enough for a sample. */
export function createChance(seed: string): Chance {
  let state = fnv1a(seed);
  function below(count: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * count);
  }
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
  };
}

/** Bytes that do not compress, the same for the same seed: the key stream of AES, as fast as a disk. */
export function noise(seed: string, length: number): Buffer {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  if (zeros.length < length) zeros = Buffer.alloc(length);
  return cipher.update(zeros.subarray(0, length));
}

/** Kept, so that noise costs one buffer and not two. */
let zeros = Buffer.alloc(0);

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
