import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { UnreadableFile } from '../../domain/content.ts';
import { TornFile, throwIfCancelled } from '../../domain/failure.ts';
import type { AddedFile, EntryHead, PartFile } from '../../ports/part-writer.ts';
import type { FileContent } from '../../ports/source.ts';
import { deflateInto } from './deflate.ts';
import type { Entries, Sum } from './entries.ts';
import { DEFLATED, STORED } from './records.ts';
import type { Sealer } from './seal.ts';
import { createSpool } from './spool.ts';

/** What an entry that does not fit into memory is written with. */
export type LargeDeps = {
  entries: Entries;
  sealer: Sealer | null;
  spoolFolder: string;
  signal: AbortSignal;
};

const READ_BYTES = 1024 * 1024;

/** Adds a file that is too large for memory, and closes it. */
export async function addLarge<T extends PartFile>(
  file: T,
  content: FileContent,
  deps: LargeDeps,
): Promise<AddedFile<T>> {
  try {
    const sum = file.compress
      ? await addDeflated(file, readChunks(content, deps.signal), deps, {
          sizeBytes: content.sizeBytes,
          onSum: (sum) => addBefore(file, sum, deps),
        })
      : await addStored(file, content, deps);
    return sum ? { file, missing: null, ...sum } : { file, missing: 'changed_while_reading' };
  } catch (error) {
    if (error instanceof UnreadableFile) return { file, missing: error.reason };
    throw error;
  } finally {
    await content.close();
  }
}

/** Adds text of any length, deflated. Null, and nothing is added, when it has not the length that it should. */
export async function addDeflated(
  head: EntryHead,
  chunks: AsyncIterable<Buffer>,
  { entries, sealer, spoolFolder }: LargeDeps,
  expected?: { sizeBytes: number; onSum(sum: Sum): Promise<void> },
): Promise<Sum | null> {
  const spool = createSpool(spoolFolder, { digest: sealer !== null });
  try {
    const sum = await deflateInto(spool, chunks);
    if (expected && sum.sizeBytes !== expected.sizeBytes) return null;
    await expected?.onSum(sum);
    // An empty file in AES is refused by some tools.
    const seal = sealer && sum.sizeBytes > 0 ? await sealer(head.path, spool.digest()) : null;
    const packedBytes = spool.sizeBytes();
    await entries.begin(head, { ...sum, method: DEFLATED, packedBytes, seal });
    for await (const chunk of spool.read()) await entries.write(chunk);
    await entries.end();
    return sum;
  } finally {
    await spool.close();
  }
}

/** Adds the texts that a file wants before it. */
export async function addBefore(file: PartFile, sum: Sum, deps: LargeDeps): Promise<void> {
  for (const { head, chunks } of file.before?.(sum) ?? []) await addDeflated(head, chunks, deps);
}

/** Read twice: for the CRC, which stands before the bytes, and for the bytes. */
async function addStored(
  file: PartFile,
  content: FileContent,
  deps: LargeDeps,
): Promise<Sum | null> {
  const { entries, sealer, signal } = deps;
  const sum = { sizeBytes: 0, crc32: 0 };
  const digest = sealer && createHash('sha256');
  for await (const chunk of readChunks(content, signal)) {
    sum.sizeBytes += chunk.length;
    sum.crc32 = crc32(chunk, sum.crc32);
    digest?.update(chunk);
  }
  if (sum.sizeBytes !== content.sizeBytes) return null;
  await addBefore(file, sum, deps);
  const seal = sealer && digest ? await sealer(file.path, digest.digest()) : null;
  await entries.begin(file, { ...sum, method: STORED, packedBytes: sum.sizeBytes, seal });
  if (!(await copy(content, sum, entries))) throw new TornFile(file.path);
  await entries.end();
  return sum;
}

/** True when these were the bytes of the first reading. */
async function copy(content: FileContent, expected: Sum, entries: Entries): Promise<boolean> {
  const sum = { sizeBytes: 0, crc32: 0 };
  while (sum.sizeBytes < expected.sizeBytes) {
    const count = await entries.writeFrom(async (room) => {
      const wanted = room.subarray(0, expected.sizeBytes - sum.sizeBytes);
      const bytes = await content.read(wanted, sum.sizeBytes).catch(() => 0);
      sum.crc32 = crc32(wanted.subarray(0, bytes), sum.crc32);
      return bytes;
    });
    if (count === 0) return false;
    sum.sizeBytes += count;
  }
  return sum.crc32 === expected.crc32;
}

/** A file that has grown gives one byte too many, so that the length tells. */
async function* readChunks(content: FileContent, signal: AbortSignal): AsyncIterable<Buffer> {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  for (let at = 0; at <= content.sizeBytes; ) {
    throwIfCancelled(signal);
    const wanted = Math.min(READ_BYTES, content.sizeBytes + 1 - at);
    const count = await content.read(buffer.subarray(0, wanted), at);
    if (count === 0) break;
    yield buffer.subarray(0, count);
    at += count;
  }
}
