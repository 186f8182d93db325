import { Readable } from 'node:stream';
import type { ContainerClient } from '@azure/storage-blob';
import { ExportFailure } from '../../domain/failure.ts';
import { isAbsent } from './failure.ts';
import { isGone } from './unfinished.ts';

/** A line that breaks in the middle is taken up again where it broke. */
const RESUMES = 5;
/** Nobody waits for ever for a line that died without a word. */
const SILENCE_MS = 120_000;

/**
 * Reads a blob, or bytes `start` to `end` of it, both included. A reader who goes destroys the stream, and the
 * download stops.
 */
export async function openRead(
  container: ContainerClient,
  name: string,
  range?: { start: number; end: number },
): Promise<Readable> {
  const leaving = new AbortController();
  const heard = { atMs: Date.now() };
  const count = range && range.end - range.start + 1;
  const response = await container
    .getBlobClient(name)
    .download(range?.start ?? 0, count, {
      abortSignal: leaving.signal,
      maxRetryRequests: RESUMES,
      onProgress: () => {
        heard.atMs = Date.now();
      },
    })
    .catch((error: unknown) => {
      if (isAbsent(error)) throw noBlob(name);
      throw error;
    });
  const stream = response.readableStreamBody;
  if (isGone(response.metadata) || !(stream instanceof Readable)) {
    leaving.abort();
    throw noBlob(name);
  }
  stream.once('close', () => leaving.abort());
  breakSilence(stream, heard);
  return stream;
}

function noBlob(name: string): ExportFailure {
  return new ExportFailure('blob_differs', `There is no ${name} in the export store.`);
}

/** Ends a stream whose reader waits and gets nothing. */
function breakSilence(stream: Readable, heard: { atMs: number }): void {
  const timer = setInterval(() => {
    // What is there and not taken is no silence of Azure's.
    if (stream.readableLength > 0) heard.atMs = Date.now();
    if (Date.now() - heard.atMs < SILENCE_MS) return;
    stream.destroy(
      new ExportFailure('store_unwritable', 'Azure Blob Storage stopped sending in the middle.'),
    );
  }, SILENCE_MS / 4);
  timer.unref();
  stream.once('close', () => clearInterval(timer));
}
