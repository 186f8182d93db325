import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A reader that takes nothing for this long has gone: a closed lid does not say goodbye. */
const STALLED_MS = 10 * 60_000;

/** How much is read ahead for one reader. */
const AHEAD_BYTES = 1024 * 1024;

/** What became of an answer. `error` is that of the store; a reader who leaves is none. */
export type SendResult = { sentBytes: number; whole: boolean; error: unknown };

/**
 * Sends a stream as the answer's body, as fast as the reader takes it. What counts as sent is what the operating
 * system has taken, so nothing that waited in this process when the line was cut.
 */
export async function sendStream(
  reply: FastifyReply,
  status: number,
  source: Readable,
): Promise<SendResult> {
  // Fastify would send the stream too, but could not say how much of it has gone out.
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.statusCode = status;
  const result: SendResult = { sentBytes: 0, whole: false, error: null };
  const sink = sinkOf(response, result);
  const onClose = () => sink.destroy();
  source.once('error', (error) => {
    result.error = error;
  });
  response.once('close', onClose);
  response.setTimeout(STALLED_MS, () => response.destroy());
  if (response.destroyed || response.socket?.destroyed) sink.destroy();
  try {
    await pipeline(source, sink);
    result.whole = true;
  } catch {
    // A source that failed has its error kept above; otherwise the reader has left.
    response.destroy();
  } finally {
    response.off('close', onClose);
    source.destroy();
  }
  return result;
}

function sinkOf(response: ServerResponse, result: SendResult): Writable {
  return new Writable({
    highWaterMark: AHEAD_BYTES,
    write(chunk: Buffer, _encoding, done) {
      response.write(chunk, (error) => {
        if (!error) result.sentBytes += chunk.length;
        done(error);
      });
    },
    final(done) {
      response.end(() => done());
    },
  });
}
