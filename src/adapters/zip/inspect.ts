import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { fold } from '../../domain/archive.ts';
import type { ZipReport } from '../../ports/part-writer.ts';
import {
  type CentralEntry,
  END_BYTES,
  localBytes,
  parseCentral,
  parseEnd,
  sameAsLocal,
} from './parse-records.ts';
import { DEFLATED, STORED } from './records.ts';
import { SEAL_BYTES } from './seal.ts';

const READ_BYTES = 1024 * 1024;
const MAX_PROBLEMS = 20;

/** Reads a ZIP from the first to the last byte, as strictly as parts are written. The file may be hostile or cut short. What is encrypted is not opened. */
export async function inspectZip(path: string): Promise<ZipReport> {
  const file = await open(path, 'r');
  try {
    return await inspect(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

async function inspect(file: FileHandle, sizeBytes: number): Promise<ZipReport> {
  const tail = await readAt(file, Math.max(0, sizeBytes - END_BYTES), END_BYTES);
  const end = parseEnd(tail, sizeBytes);
  if (!end) return broken('The end of the ZIP is missing; it was not downloaded in full.');
  const central = parseCentral(await readAt(file, end.offset, end.bytes));
  if (!central || central.length !== end.entries) return broken('The list of files is damaged.');
  const problems: string[] = [];
  const seen = new Set<string>();
  let offset = 0;
  for (const entry of central) {
    const problem = nameProblem(entry, seen) ?? (await entryProblem(file, entry, offset));
    if (problem) problems.push(`${entry.name}: ${problem}`);
    if (problems.length === MAX_PROBLEMS) break;
    offset = entry.offset + localBytes(entry) + entry.packedBytes;
  }
  if (!problems.length && offset !== end.offset) problems.push('There are stray bytes in it.');
  return { entries: central.length, problems };
}

function broken(problem: string): ZipReport {
  return { entries: 0, problems: [problem] };
}

function nameProblem({ name }: CentralEntry, seen: Set<string>): string | null {
  if (/(^|\/)\.{0,2}(\/|$)|\\/.test(name)) return 'the path leads out of the folder.';
  if (seen.has(fold(name))) return 'the path is there twice.';
  seen.add(fold(name));
  return null;
}

async function entryProblem(
  file: FileHandle,
  entry: CentralEntry,
  expectedOffset: number,
): Promise<string | null> {
  if (entry.offset !== expectedOffset) return 'it is not where the list of files says.';
  const header = await readAt(file, entry.offset, localBytes(entry));
  if (!sameAsLocal(entry, header)) return 'its header and the list of files differ.';
  // Without the password nothing can be said of the content; the SHA-256 of the part vouches for it.
  if (entry.isEncrypted) return entry.packedBytes > SEAL_BYTES ? null : 'its content is damaged.';
  const packed = readRange(file, entry.offset + header.length, entry.packedBytes);
  try {
    const sum = await sumOf(entry, packed);
    if (sum.sizeBytes !== entry.sizeBytes) return 'it has another length than it should.';
    return sum.crc32 === entry.crc32 ? null : 'its content is damaged.';
  } catch {
    return 'its content is damaged.';
  }
}

async function sumOf(
  entry: CentralEntry,
  packed: AsyncIterable<Buffer>,
): Promise<{ sizeBytes: number; crc32: number }> {
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new Error('unknown method');
  const plain: AsyncIterable<Buffer> =
    entry.method === STORED ? packed : Readable.from(packed).pipe(createInflateRaw());
  const sum = { sizeBytes: 0, crc32: 0 };
  for await (const chunk of plain) {
    sum.sizeBytes += chunk.length;
    sum.crc32 = crc32(chunk, sum.crc32);
    // A bomb says that it is small.
    if (sum.sizeBytes > entry.sizeBytes) break;
  }
  return sum;
}

async function* readRange(file: FileHandle, start: number, length: number): AsyncIterable<Buffer> {
  for (let at = 0; at < length; ) {
    // A buffer for each piece: the inflater may hold on to the last one.
    const chunk = await readAt(file, start + at, Math.min(READ_BYTES, length - at));
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

/** Fewer bytes than wanted when the file ends before. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
