import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHashing } from '../../../src/adapters/zip/hashing.ts';
import { sha256 } from '../../support/zips.ts';

test('several blobs are hashed at the same time, and their chunks may be filled again', async () => {
  const hashing = createHashing();
  const blobs = [randomBytes(500_000), randomBytes(700_000), Buffer.alloc(0)];
  const chunk = Buffer.from(new SharedArrayBuffer(100_000));
  const hashes = blobs.map(() => hashing.begin());
  for (let at = 0; at < 700_000; at += chunk.length) {
    for (const [index, blob] of blobs.entries()) {
      const bytes = blob.subarray(at).copy(chunk);
      if (bytes > 0) await hashes[index]?.update(chunk.subarray(0, bytes));
    }
  }
  expect(await Promise.all(hashes.map((hash) => hash.digest()))).toEqual(blobs.map(sha256));
});

test('a dropped hash does not disturb the next one', async () => {
  const hashing = createHashing();
  const dropped = hashing.begin();
  await dropped.update(Buffer.from('given up'));
  dropped.drop();
  const next = hashing.begin();
  await next.update(Buffer.from('wanted'));
  expect(await next.digest()).toBe(sha256(Buffer.from('wanted')));
});
