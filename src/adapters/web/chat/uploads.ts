import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import { contentTypeOf, HEAD_BYTES, WRONG_KIND_SENTENCE } from '../../../domain/chat-file.ts';
import { LIMITS } from '../../../domain/chat-view.ts';
import type { Upload } from '../../../ports/chat-log.ts';
import { ChatProblem } from './problem.ts';

const ID_SHAPE = /^[\w-]{22}$/;
const NAME_CHARS = 200;

/**
 * Stores a file that a customer sent, under a random name; its own name is data only.
 * @throws ChatProblem when it is too large, empty or of a kind that is not taken; nothing stays then
 */
export async function storeUpload(uploadDir: string, part: MultipartFile): Promise<Upload> {
  const name = displayName(part.filename);
  const id = randomBytes(16).toString('base64url');
  const path = join(uploadDir, id);
  await mkdir(uploadDir, { recursive: true });
  try {
    await pipeline(part.file, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    if (part.file.truncated) throw tooLarge(name);
    const { sizeBytes, head } = await look(path);
    if (sizeBytes === 0) {
      throw new ChatProblem(400, 'empty_file', `“${name}” is empty. Please check the file.`);
    }
    const contentType = contentTypeOf(name, head);
    if (!contentType) {
      throw new ChatProblem(
        415,
        'wrong_file_type',
        `“${name}” could not be sent. ${WRONG_KIND_SENTENCE}`,
      );
    }
    return { id, name, sizeBytes, contentType };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Files that belong to no message after all. */
export async function discardUploads(uploadDir: string, uploads: Upload[]): Promise<void> {
  await Promise.all(uploads.map((upload) => rm(join(uploadDir, upload.id), { force: true })));
}

/** The bytes of a stored file, or null when they are gone. */
export async function openUpload(uploadDir: string, upload: Upload): Promise<ReadStream | null> {
  if (!ID_SHAPE.test(upload.id)) return null;
  const file = await open(join(uploadDir, upload.id)).catch(() => null);
  return file ? createReadStream('', { fd: file }) : null;
}

function tooLarge(name: string): ChatProblem {
  return new ChatProblem(
    413,
    'file_too_large',
    `“${name}” is larger than ${LIMITS.fileBytes / 1_000_000} MB. Please send a smaller file.`,
  );
}

async function look(path: string): Promise<{ sizeBytes: number; head: Uint8Array }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { sizeBytes: size, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/** A name for showing: the last part of a path, without control characters and marks that turn the reading direction. */
function displayName(raw: string): string {
  // Browsers write `"` in this way into a form (HTML standard, "multipart/form-data").
  const last = raw.toWellFormed().replaceAll('%22', '"').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  if (plain.length <= NAME_CHARS) return plain || 'file';
  const ending = /\.[a-z0-9]{1,8}$/i.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, NAME_CHARS - ending.length - 1)}…${ending}`;
}
