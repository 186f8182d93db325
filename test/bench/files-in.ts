import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartFile } from '../../src/ports/part-writer.ts';

/** The files of a folder, as the pipeline gives them to a part, to be stored as they are. */
export async function* filesIn(folder: string): AsyncIterable<PartFile> {
  for (const path of await readdir(folder)) {
    yield {
      path,
      modifiedAt: '2026-01-01T00:00:00Z',
      compress: false,
      open: () => openFile(join(folder, path)),
    };
  }
}

async function openFile(path: string) {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    read: async (buffer: Buffer, position: number) =>
      (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
    close: () => handle.close(),
  };
}
