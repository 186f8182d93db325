import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import type { PartFile } from '../../src/ports/part-writer.ts';
import { sayMeasured } from './measure.ts';

/** The part writer into the folder store, without the lists of a source. */
const [source = '', target = ''] = process.argv.slice(2);
const startedAt = performance.now();
const store = createFolderExportStore({ root: target });
const blob = await store.create('e1/part.zip', { contentType: 'application/zip' });
const signal = new AbortController().signal;
const part = createZipParts({ spoolFolder: target })(blob, { signal });
for await (const _ of part.addFiles(files())) {
  // Only the bytes count here.
}
await blob.commit(await part.finish());
sayMeasured(startedAt);

async function* files(): AsyncIterable<PartFile> {
  for (const path of await readdir(source)) {
    const modifiedAt = '2026-01-01T00:00:00Z';
    yield { path, modifiedAt, compress: false, open: () => openFile(join(source, path)) };
  }
}

async function openFile(path: string) {
  const handle: FileHandle = await open(path);
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    read: async (buffer: Buffer, position: number) =>
      (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
    close: () => handle.close(),
  };
}
