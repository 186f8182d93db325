import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import type { BlobWriter } from '../../src/ports/export-store.ts';
import type { AddedFile, PartFile, PartOptions, PartWriter } from '../../src/ports/part-writer.ts';
import type { FileContent } from '../../src/ports/source.ts';
import { contentOf } from './memory-source.ts';

/** A file for a part: its bytes, something that reads like a file, or the error of opening it. */
export function fileOf(
  path: string,
  content: Buffer | FileContent | Error,
  compress = false,
): PartFile {
  return {
    path,
    modifiedAt: '2026-03-04T05:06:08Z',
    compress,
    open: async () => {
      if (content instanceof Error) throw content;
      return Buffer.isBuffer(content) ? contentOf(content) : content;
    },
  };
}

export async function* listed<T>(items: Iterable<T>): AsyncIterable<T> {
  yield* items;
}

/** Writes a part as the pipeline does. @throws Error when a temporary file is left */
export async function writePart(
  blob: BlobWriter,
  fill: (writer: PartWriter) => Promise<void>,
  signal: AbortSignal = new AbortController().signal,
  options: Omit<PartOptions, 'signal'> & { maxBytes?: number } = {},
): ReturnType<PartWriter['finish']> {
  const { maxBytes, ...more } = options;
  const spoolFolder = await mkdtemp(join(tmpdir(), 'waybill-spool-'));
  const openPart = createZipParts({ spoolFolder, ...(maxBytes !== undefined && { maxBytes }) });
  const writer = openPart(blob, { signal, ...more });
  try {
    await fill(writer);
    return await writer.finish();
  } finally {
    await writer.close();
    await rmdir(spoolFolder);
  }
}

export async function addAll(
  writer: PartWriter,
  files: PartFile[],
): Promise<AddedFile<PartFile>[]> {
  const added: AddedFile<PartFile>[] = [];
  for await (const one of writer.addFiles(listed(files))) added.push(one);
  return added;
}
