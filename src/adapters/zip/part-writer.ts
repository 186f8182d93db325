import { crc32 } from 'node:zlib';
import { UnreadableFile } from '../../domain/content.ts';
import { ExportFailure, TornFile, throwIfCancelled } from '../../domain/failure.ts';
import type { BlobWriter } from '../../ports/export-store.ts';
import type {
  AddedFile,
  EntryHead,
  OpenPart,
  PartFile,
  PartWriter,
} from '../../ports/part-writer.ts';
import type { FileContent } from '../../ports/source.ts';
import { type Buffers, createBuffers } from './buffers.ts';
import { deflateInto } from './deflate.ts';
import { createHashing, type Hashing } from './hashing.ts';
import { createOutput, type Output } from './output.ts';
import { readAhead } from './read-ahead.ts';
import {
  centralRecord,
  DEFLATED,
  endRecord,
  localHeader,
  MAX_ZIP_BYTES,
  MAX_ZIP_ENTRIES,
  STORED,
  type ZipEntry,
} from './records.ts';
import { createSpool, type Spool } from './spool.ts';

/**
 * A ZIP writer for parts. archiver sets a data descriptor on every deflated or streamed entry and the macOS Archive
 * Utility stumbles over these; here size and CRC-32 are known before a header is written.
 * `spoolFolder` is where compressed text waits that is too large for memory.
 */
export function createZipParts(config: { spoolFolder: string }): OpenPart {
  const shared = { buffers: createBuffers(), hashing: createHashing() };
  return (blob, { signal }) => openZip(blob, signal, config.spoolFolder, shared);
}

function openZip(
  blob: BlobWriter,
  signal: AbortSignal,
  spoolFolder: string,
  shared: { buffers: Buffers; hashing: Hashing },
): PartWriter {
  const { buffers } = shared;
  const output = createOutput(blob, signal, shared);
  const central: Buffer[] = [];

  async function addText(head: EntryHead, chunks: AsyncIterable<Buffer>): Promise<void> {
    const spool = createSpool(spoolFolder);
    try {
      await addSpooled(head, spool, await deflateInto(spool, chunks));
    } finally {
      await spool.close();
    }
  }

  async function addSpooled(head: EntryHead, spool: Spool, sum: Sum): Promise<void> {
    await begin(head, { ...sum, method: DEFLATED, packedBytes: spool.sizeBytes() });
    for await (const chunk of spool.read()) await output.write(chunk);
  }

  async function* addFiles<T extends PartFile>(
    files: AsyncIterable<T>,
  ): AsyncIterable<AddedFile<T>> {
    for await (const loaded of readAhead(files, signal, buffers)) {
      const { file } = loaded;
      if (loaded.kind === 'missing') {
        yield { file, missing: loaded.reason };
      } else if (loaded.kind === 'large') {
        yield await addLarge(file, loaded.content);
      } else {
        const body = loaded.packed ?? loaded.data;
        // Here and not while reading ahead: what was just summed is still near when it is copied.
        const sum = { sizeBytes: loaded.data.length, crc32: crc32(loaded.data) };
        const method = loaded.packed ? DEFLATED : STORED;
        await begin(file, { ...sum, method, packedBytes: body.length });
        await output.write(body);
        yield { file, missing: null, ...sum };
      }
    }
  }

  async function addLarge<T extends PartFile>(
    file: T,
    content: FileContent,
  ): Promise<AddedFile<T>> {
    try {
      return file.compress ? await addDeflated(file, content) : await addStored(file, content);
    } catch (error) {
      if (error instanceof UnreadableFile) return { file, missing: error.reason };
      throw error;
    } finally {
      await content.close();
    }
  }

  async function addDeflated<T extends PartFile>(
    file: T,
    content: FileContent,
  ): Promise<AddedFile<T>> {
    const spool = createSpool(spoolFolder);
    try {
      const sum = await deflateInto(spool, readChunks(content, signal));
      if (sum.sizeBytes !== content.sizeBytes) return { file, missing: 'changed_while_reading' };
      await addSpooled(file, spool, sum);
      return { file, missing: null, ...sum };
    } finally {
      await spool.close();
    }
  }

  /** Read twice: for the CRC, which stands before the bytes, and for the bytes. */
  async function addStored<T extends PartFile>(
    file: T,
    content: FileContent,
  ): Promise<AddedFile<T>> {
    const sum = { sizeBytes: 0, crc32: 0 };
    for await (const chunk of readChunks(content, signal)) {
      sum.sizeBytes += chunk.length;
      sum.crc32 = crc32(chunk, sum.crc32);
    }
    if (sum.sizeBytes !== content.sizeBytes) return { file, missing: 'changed_while_reading' };
    await begin(file, { ...sum, method: STORED, packedBytes: sum.sizeBytes });
    if (!(await copy(content, sum, output))) throw new TornFile(file.path);
    return { file, missing: null, ...sum };
  }

  async function begin(head: EntryHead, sum: Omit<ZipEntry, keyof EntryHead>): Promise<void> {
    throwIfCancelled(signal);
    const entry = { ...head, path: Buffer.from(head.path), ...sum };
    const header = localHeader(entry);
    const end = output.position() + header.length + sum.packedBytes;
    if (end > MAX_ZIP_BYTES || sum.sizeBytes > MAX_ZIP_BYTES || central.length >= MAX_ZIP_ENTRIES) {
      throw tooLarge();
    }
    central.push(centralRecord(entry, output.position()));
    await output.write(header);
  }

  async function finish(): Promise<{ sizeBytes: number; sha256: string }> {
    const offset = output.position();
    for (const record of central) await output.write(record);
    const centralBytes = output.position() - offset;
    await output.write(endRecord(central.length, centralBytes, offset));
    if (output.position() > MAX_ZIP_BYTES) throw tooLarge();
    return output.finish();
  }

  return { addText, addFiles, finish, close: output.close };
}

type Sum = { sizeBytes: number; crc32: number };

/** Reads straight into the output; true when these were the bytes of the first reading. */
async function copy(content: FileContent, expected: Sum, output: Output): Promise<boolean> {
  const sum = { sizeBytes: 0, crc32: 0 };
  while (sum.sizeBytes < expected.sizeBytes) {
    const room = (await output.room()).subarray(0, expected.sizeBytes - sum.sizeBytes);
    const count = await content.read(room, sum.sizeBytes).catch(() => 0);
    if (count === 0) return false;
    sum.crc32 = crc32(room.subarray(0, count), sum.crc32);
    sum.sizeBytes += count;
    output.filled(count);
  }
  return sum.crc32 === expected.crc32;
}

const READ_BYTES = 1024 * 1024;

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

function tooLarge(): ExportFailure {
  return new ExportFailure(
    'part_too_large',
    'A part would pass the limits of a ZIP (4 GiB, 65,535 entries); its files are larger than the database says.',
  );
}
