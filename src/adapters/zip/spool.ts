import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const MEMORY_BYTES = 8 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

/** Bytes that wait until their length and CRC are known: in memory while they are few, then in a temporary file. */
export type Spool = {
  sizeBytes(): number;
  write(bytes: Buffer): Promise<void>;
  /** SHA-256 of what was written, if it was asked for. */
  digest(): Buffer;
  /** The bytes from the start. A chunk is valid until the next one is asked for. */
  read(): AsyncIterable<Buffer>;
  /** Deletes the file; for `finally`. */
  close(): Promise<void>;
};

export function createSpool(folder: string, options: { digest?: boolean } = {}): Spool {
  const hash = options.digest ? createHash('sha256') : null;
  let inMemory: Buffer[] = [];
  let file: { handle: FileHandle; path: string } | null = null;
  let sizeBytes = 0;

  async function write(bytes: Buffer): Promise<void> {
    if (!file && sizeBytes + bytes.length > MEMORY_BYTES) {
      file = await openFile(folder);
      for (const chunk of inMemory) await file.handle.appendFile(chunk);
      inMemory = [];
    }
    if (file) await file.handle.appendFile(bytes);
    else inMemory.push(bytes);
    hash?.update(bytes);
    sizeBytes += bytes.length;
  }

  async function* read(): AsyncIterable<Buffer> {
    if (!file) {
      yield* inMemory;
      return;
    }
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let at = 0; at < sizeBytes; ) {
      const { bytesRead } = await file.handle.read(buffer, 0, READ_BYTES, at);
      if (bytesRead === 0) throw new Error(`The temporary file ${file.path} was cut short.`);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async function close(): Promise<void> {
    inMemory = [];
    if (!file) return;
    const { handle, path } = file;
    file = null;
    await handle.close();
    await rm(path, { force: true });
  }

  const digest = () => hash?.digest() ?? Buffer.alloc(0);
  return { sizeBytes: () => sizeBytes, write, digest, read, close };
}

async function openFile(folder: string): Promise<{ handle: FileHandle; path: string }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `waybill-spool-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600);
  // The name goes at once, the bytes with the handle: not even a killed process leaves them behind. Windows refuses
  // to delete open files; there `close` does it.
  await rm(path, { force: true }).catch(() => {});
  return { handle, path };
}
