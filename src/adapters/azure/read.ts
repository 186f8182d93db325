import { Readable } from 'node:stream';
import type { BlobClient, BlobDownloadResponseParsed, ContainerClient } from '@azure/storage-blob';
import { ExportFailure } from '../../domain/failure.ts';
import { isAbsent } from './failure.ts';
import { isGone } from './unfinished.ts';

/** How often a download that gets nowhere is taken up again. */
const RESUMES = 5;
/** Nobody waits for ever for a line that died without a word. */
const SILENCE_MS = 120_000;
const AHEAD_BYTES = 1024 * 1024;

/**
 * Reads a blob, or bytes `start` to `end` of it, both included. A line that breaks is taken up again where it broke.
 * A reader who leaves destroys the stream, and the download stops.
 */
export async function openRead(
  container: ContainerClient,
  name: string,
  range?: { start: number; end: number },
): Promise<Readable> {
  const blob = container.getBlobClient(name);
  const leaving = new AbortController();
  const start = range?.start ?? 0;
  const first = await download(blob, leaving.signal, start, range && range.end - start + 1).catch(
    (error: unknown) => {
      if (isAbsent(error)) return null;
      throw error;
    },
  );
  if (!first || isGone(first.metadata)) {
    leaving.abort();
    throw new ExportFailure('blob_differs', `There is no ${name} in the export store.`);
  }
  const stream = Readable.from(resumed(blob, first, start, leaving.signal), {
    objectMode: false,
    highWaterMark: AHEAD_BYTES,
  });
  return stream.once('close', () => leaving.abort());
}

function download(
  blob: BlobClient,
  leaving: AbortSignal,
  offset: number,
  count?: number,
  etag?: string,
): Promise<BlobDownloadResponseParsed> {
  return blob.download(offset, count, {
    abortSignal: leaving,
    // The SDK's own way of resuming takes a line that breaks (`aborted`) for the reader's wish, and gives up.
    maxRetryRequests: 0,
    conditions: etag ? { ifMatch: etag } : {},
  });
}

async function* resumed(
  blob: BlobClient,
  first: BlobDownloadResponseParsed,
  start: number,
  leaving: AbortSignal,
): AsyncGenerator<Buffer> {
  const end = start + (first.contentLength ?? 0);
  let at = start;
  let response = first;
  for (let idle = 0; ; idle++) {
    try {
      for await (const chunk of chunksOf(response)) {
        at += chunk.length;
        idle = 0;
        yield chunk;
      }
    } catch (error) {
      if (leaving.aborted || idle >= RESUMES) throw error;
    }
    if (at === end) return;
    response = await download(blob, leaving, at, end - at, first.etag);
  }
}

async function* chunksOf({
  readableStreamBody: body,
}: BlobDownloadResponseParsed): AsyncGenerator<Buffer> {
  if (!(body instanceof Readable)) throw new Error('Azure sent no content.');
  const silence = setTimeout(() => body.destroy(new Error('Azure went silent.')), SILENCE_MS);
  try {
    for await (const chunk of body) {
      silence.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(silence);
    body.destroy();
  }
}
