import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes many files, a few at a time, in flat memory. */
export type FileWriter = {
  /** Takes a file; waits while too many are under way. */
  write(relative: string, bytes: Buffer): Promise<void>;
  /** Waits for all. */
  finish(): Promise<void>;
  written(): { files: number; bytes: number };
};

/** Bytes that may be under way, and files whatever their size. */
const PENDING_BYTES = 64_000_000;
const PENDING_FILES = 8;

export function createFileWriter(root: string): FileWriter {
  const folders = new Set<string>();
  const pending = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let pendingBytes = 0;
  let files = 0;
  let bytesWritten = 0;

  async function put(file: string, bytes: Buffer): Promise<void> {
    try {
      await writeFile(file, bytes);
    } catch (error) {
      failure ??= { error };
    }
    pendingBytes -= bytes.length;
  }

  function ensureFolder(folder: string): void {
    if (folders.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    folders.add(folder);
  }

  async function room(): Promise<void> {
    while (pending.size >= PENDING_FILES || (pending.size > 0 && pendingBytes > PENDING_BYTES)) {
      await Promise.race(pending);
    }
    if (failure) throw failure.error;
  }

  return {
    async write(relative, bytes) {
      const file = path.join(root, relative);
      ensureFolder(path.dirname(file));
      files += 1;
      bytesWritten += bytes.length;
      pendingBytes += bytes.length;
      const task = put(file, bytes).then(() => {
        pending.delete(task);
      });
      pending.add(task);
      await room();
    },
    async finish() {
      await Promise.all(pending);
      if (failure) throw failure.error;
    },
    written: () => ({ files, bytes: bytesWritten }),
  };
}
