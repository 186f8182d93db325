import { crc32 } from 'node:zlib';
import type { BlobWriter } from '../../ports/export-store.ts';
import type {
  AddedFile,
  EntryHead,
  OpenPart,
  PartFile,
  PartOptions,
  PartWriter,
} from '../../ports/part-writer.ts';
import { type Buffers, createBuffers } from './buffers.ts';
import { createEntries, type Sum } from './entries.ts';
import { createHashing, type Hashing } from './hashing.ts';
import { addBefore, addDeflated, addLarge } from './large-file.ts';
import { createOutput } from './output.ts';
import { type LoadedSmall, readAhead } from './read-ahead.ts';
import { DEFLATED, MAX_ZIP_BYTES, STORED } from './records.ts';
import { createSealer } from './seal.ts';

type Shared = { spoolFolder: string; maxBytes: number; buffers: Buffers; hashing: Hashing };

/**
 * A ZIP writer for parts. archiver sets a data descriptor on every deflated or streamed entry and the macOS Archive
 * Utility stumbles over these; here size and CRC-32 are known before a header is written.
 * `spoolFolder` is where compressed text waits that is too large for memory. `maxBytes` is where ZIP64 begins.
 */
export function createZipParts(config: { spoolFolder: string; maxBytes?: number }): OpenPart {
  const { spoolFolder, maxBytes = MAX_ZIP_BYTES } = config;
  const shared = { spoolFolder, maxBytes, buffers: createBuffers(), hashing: createHashing() };
  return (blob, options) => openZip(blob, options, shared);
}

function openZip(blob: BlobWriter, options: PartOptions, shared: Shared): PartWriter {
  const { signal, zip64 = false, encryption } = options;
  const { spoolFolder, maxBytes, buffers } = shared;
  const output = createOutput(blob, signal, shared);
  const entries = createEntries(output, { signal, zip64, maxBytes });
  const sealer = encryption ? createSealer(encryption) : null;
  const deps = { entries, sealer, spoolFolder, signal };

  async function addText(head: EntryHead, chunks: AsyncIterable<Buffer>): Promise<void> {
    await addDeflated(head, chunks, deps);
  }

  async function* addFiles<T extends PartFile>(
    files: AsyncIterable<T>,
  ): AsyncIterable<AddedFile<T>> {
    const ahead = readAhead(files, { signal, buffers, sealer, mayBeHuge: zip64 });
    for await (const loaded of ahead) {
      const { file } = loaded;
      if (loaded.kind === 'missing') yield { file, missing: loaded.reason };
      else if (loaded.kind === 'large') yield await addLarge(file, loaded.content, deps);
      else yield { file, missing: null, ...(await addSmall(file, loaded)) };
    }
  }

  async function addSmall(file: PartFile, { data, packed, seal }: LoadedSmall): Promise<Sum> {
    const body = packed ?? data;
    // Here and not while reading ahead: what was just summed is still near when it is copied.
    const sum = { sizeBytes: data.length, crc32: crc32(data) };
    const method = packed ? DEFLATED : STORED;
    await addBefore(file, sum, deps);
    await entries.begin(file, { ...sum, method, packedBytes: body.length, seal });
    await entries.write(body);
    await entries.end();
    return sum;
  }

  async function finish(): Promise<{ sizeBytes: number; sha256: string; zip64: boolean }> {
    const end = await entries.finish();
    return { ...(await output.finish()), ...end };
  }

  return { addText, addFiles, finish, close: output.close };
}
