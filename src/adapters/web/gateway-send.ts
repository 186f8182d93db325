import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A reader that takes nothing for this long has gone: a closed lid does not say goodbye. */
const STALLED_MS = 10 * 60_000;

/** How much is read ahead for one reader. */
const AHEAD_BYTES = 1024 * 1024;

/** What became of an answer. `sourceError` is what the store failed with; a reader who leaves is no error. */
export type SendResult = { sentBytes: number; sourceError: unknown };

/**
 * Sends a stream as the answer's body, as fast as the reader takes it. What counts as sent is what the operating
 * system has taken, so nothing that waited in this process when the line was cut.
 * @param lengthBytes what the reader was promised; a source with another length breaks the connection
 */
export async function sendStream(
  reply: FastifyReply,
  status: number,
  source: Readable,
  lengthBytes: number,
): Promise<SendResult> {
  // Fastify would send the stream too, but could not say how much of it has gone out.
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.statusCode = status;
  const sent = { bytes: 0 };
  const sink = sinkOf(response, sent, lengthBytes);
  const readerLeft = () => sink.destroy();
  let sourceError: unknown = null;
  source.once('error', (error) => {
    // A sink that was destroyed passes its own error on to the source.
    if (!sink.destroyed) sourceError = error;
  });
  response.once('close', readerLeft);
  response.setTimeout(STALLED_MS, () => response.destroy());
  if (response.destroyed) readerLeft();
  try {
    await pipeline(source, sink);
  } catch (error) {
    if (error instanceof WrongLength) sourceError = error;
    // The length was promised already: only a broken connection tells the reader that something is missing.
    response.destroy();
  } finally {
    response.off('close', readerLeft);
    source.destroy();
  }
  return { sentBytes: sent.bytes, sourceError };
}

/** The store gave more or less than it said it has. */
class WrongLength extends Error {
  override name = 'WrongLength';
}

function sinkOf(response: ServerResponse, sent: { bytes: number }, lengthBytes: number): Writable {
  return new Writable({
    highWaterMark: AHEAD_BYTES,
    write(chunk: Buffer, _encoding, done) {
      if (sent.bytes + chunk.length > lengthBytes) {
        return done(new WrongLength('The store gave more bytes than the file has.'));
      }
      response.write(chunk, (error) => {
        if (!error) sent.bytes += chunk.length;
        done(error);
      });
    },
    final(done) {
      if (sent.bytes < lengthBytes) {
        return done(new WrongLength(`The store gave ${sent.bytes} of ${lengthBytes} bytes.`));
      }
      response.end(() => done());
    },
  });
}
