import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cleanText } from '../../../domain/chat-text.ts';
import { LIMITS } from '../../../domain/chat-view.ts';
import type { Upload } from '../../../ports/chat-log.ts';
import { ChatProblem } from './problem.ts';
import { discardUploads, storeUpload } from './uploads.ts';

/** One message as a browser sent it, checked; its files are stored already. */
export type SentForm = { text: string; clientKey: string; uploads: Upload[] };

/** All files and the text, with the form around them. */
const MOST_BYTES = LIMITS.files * LIMITS.fileBytes + 1_000_000;
const TOO_MUCH = new ChatProblem(
  413,
  'too_much',
  `These files are too large. Please send at most ${LIMITS.files} files of ${LIMITS.fileBytes / 1_000_000} MB each.`,
);

const Fields = z.object({
  text: z.string().default(''),
  /** Made up by the browser for each message: sent again, it is the same message. */
  clientKey: z.string().regex(/^[\w-]{8,64}$/),
});

/**
 * Reads a message: JSON, or a form with files.
 * @throws ChatProblem when it cannot be taken; no file stays then
 */
export async function readForm(request: FastifyRequest, uploadDir: string): Promise<SentForm> {
  if (Number(request.headers['content-length']) > MOST_BYTES) throw TOO_MUCH;
  if (!request.isMultipart()) return { ...readFields(request.body), uploads: [] };
  const fields: Record<string, unknown> = {};
  const uploads: Upload[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') uploads.push(await storeUpload(uploadDir, part));
      else fields[part.fieldname] = part.value;
    }
    return { ...readFields(fields, uploads.length), uploads };
  } catch (error) {
    await discardUploads(uploadDir, uploads);
    throw asProblem(error);
  }
}

function readFields(given: unknown, files = 0): { text: string; clientKey: string } {
  const fields = Fields.safeParse(given);
  if (!fields.success) {
    throw new ChatProblem(
      400,
      'bad_request',
      'This message could not be read. Please reload the page and send it again.',
    );
  }
  const clean = cleanText(fields.data.text);
  if (!clean.ok) {
    throw new ChatProblem(clean.code === 'too_long' ? 413 : 400, clean.code, clean.sentence);
  }
  if (clean.text === '' && files === 0) {
    throw new ChatProblem(
      400,
      'empty',
      'There is nothing in this message. Please write something.',
    );
  }
  return { text: clean.text, clientKey: fields.data.clientKey };
}

function asProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code !== 'FST_FILES_LIMIT') return error;
  return new ChatProblem(
    413,
    'too_many_files',
    `At most ${LIMITS.files} files can be sent with one message. Please send the others after it.`,
  );
}
