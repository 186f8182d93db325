import type { ServerResponse } from 'node:http';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';

/** A reader that takes nothing for this long has gone: a closed lid does not say goodbye. */
const STALLED_MS = 10 * 60_000;

/** How much is read ahead for one reader, and given to the operating system at once. */
const AHEAD_BYTES = 512 * 1024;

/** What became of an answer. `sourceError` is what the store failed with; a reader who leaves is no error. */
export type SendResult = { sentBytes: number; sourceError: unknown };

/**
 * Sends a stream as the answer's body, as fast as the reader takes it. What counts as sent when the line is cut is what
 * the operating system was given: nobody can know how much of it arrived, but it is never less than what did, so a
 * reader who resumes leaves no gap in the log. An answer that was cut never counts as whole.
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
  const sent: Sent = { given: 0, taken: 0 };
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
  const isWhole = sent.taken === lengthBytes;
  return { sentBytes: isWhole ? lengthBytes : Math.min(sent.given, lengthBytes - 1), sourceError };
}

/** The store gave more or less than it said it has. */
class WrongLength extends Error {
  override name = 'WrongLength';
}

/** Bytes that the operating system was given, and those that it has taken. */
type Sent = { given: number; taken: number };

function sinkOf(response: ServerResponse, sent: Sent, lengthBytes: number): Writable {
  /** Gives the chunks to the operating system at once; done when it has taken the last of them. */
  function give(chunks: readonly Buffer[], done: (error?: Error | null) => void): void {
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    if (sent.given + bytes > lengthBytes) {
      done(new WrongLength('The store gave more bytes than the file has.'));
      return;
    }
    sent.given += bytes;
    const taken = (error?: Error | null) => {
      if (!error) sent.taken += bytes;
      done(error);
    };
    response.cork();
    chunks.forEach((chunk, i) => {
      response.write(chunk, i === chunks.length - 1 ? taken : undefined);
    });
    response.uncork();
  }

  return new Writable({
    highWaterMark: AHEAD_BYTES,
    write: (chunk: Buffer, _encoding, done) => give([chunk], done),
    writev: (chunks, done) =>
      give(
        chunks.map(({ chunk }) => chunk),
        done,
      ),
    final(done) {
      if (sent.given < lengthBytes) {
        done(new WrongLength(`The store gave ${sent.given} of ${lengthBytes} bytes.`));
      } else {
        response.end(() => done());
      }
    },
  });
}
