import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { crc32, inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import type { BlobWriter } from '../../src/ports/export-store.ts';

/** A blob that keeps what was written, and what it was committed with. */
export function memoryBlob(): BlobWriter & {
  bytes(): Buffer;
  committed: unknown;
  aborted: boolean;
} {
  const chunks: Buffer[] = [];
  return {
    committed: null,
    aborted: false,
    bytes: () => Buffer.concat(chunks),
    // A copy: the writer fills its buffers again once `write` is done.
    async write(chunk) {
      chunks.push(Buffer.from(chunk));
    },
    async commit(expected) {
      this.committed = expected;
    },
    async abort() {
      this.aborted = true;
    },
  };
}

/** Every entry of a ZIP with its content, as yauzl reads it (it checks sizes and refuses unsafe names). */
export async function readZip(zip: Buffer | string): Promise<Map<string, Buffer>> {
  const bytes = typeof zip === 'string' ? await readFile(zip) : zip;
  const opened = await yauzl.fromBufferPromise(bytes);
  const entries = new Map<string, Buffer>();
  for await (const entry of opened.eachEntry()) {
    if (entries.has(entry.fileName)) throw new Error(`${entry.fileName} is there twice`);
    const content = await buffer(await opened.openReadStreamPromise(entry));
    if (crc32(content) !== entry.crc32) throw new Error(`${entry.fileName} has a wrong CRC`);
    entries.set(entry.fileName, content);
  }
  return entries;
}

export type LocalHeader = {
  path: string;
  flags: number;
  method: number;
  extraBytes: number;
  time: number;
  date: number;
  crc32: number;
  sizeBytes: number;
};

/** Walks the local headers alone, as a tool does that reads a ZIP as a stream; checks the CRC of each entry. */
export function readLocalHeaders(zip: Buffer): LocalHeader[] {
  const headers: LocalHeader[] = [];
  let at = 0;
  while (zip.readUInt32LE(at) === 0x04034b50) {
    const packedBytes = zip.readUInt32LE(at + 18);
    const nameBytes = zip.readUInt16LE(at + 26);
    const header = {
      path: zip.toString('utf8', at + 30, at + 30 + nameBytes),
      flags: zip.readUInt16LE(at + 6),
      method: zip.readUInt16LE(at + 8),
      time: zip.readUInt16LE(at + 10),
      date: zip.readUInt16LE(at + 12),
      crc32: zip.readUInt32LE(at + 14),
      sizeBytes: zip.readUInt32LE(at + 22),
      extraBytes: zip.readUInt16LE(at + 28),
    };
    const start = at + 30 + nameBytes + header.extraBytes;
    const packed = zip.subarray(start, start + packedBytes);
    const content = header.method === 8 ? inflateRawSync(packed) : packed;
    if (crc32(content) !== header.crc32 || content.length !== header.sizeBytes) {
      throw new Error(`The local header of ${header.path} does not fit its content`);
    }
    headers.push(header);
    at = start + packedBytes;
  }
  return headers;
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
