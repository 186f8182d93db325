import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ExportFailure } from '../../domain/failure.ts';
import type { BlobMeta, BlobWriter } from '../../ports/export-store.ts';
import { storeFailure } from './failure.ts';
import type { BlobPaths } from './names.ts';

/** Told apart from a process before us that had our number (in a container it is always 1). */
const LIFE = randomUUID().slice(0, 8);

/** After so many bytes the system is told to bring them to the disk, so that little is left to wait for at the end. */
const FLUSH_BYTES = 64 * 1024 * 1024;

/** What is kept about a finished blob. */
export type StoredMeta = BlobMeta & { sizeBytes: number; sha256: string };

/** Writes under a hidden temporary name; the blob appears at its own name in one step, or not at all. */
export async function createBlobWriter(paths: BlobPaths, meta: BlobMeta): Promise<BlobWriter> {
  await removeLeftovers(paths);
  const temporary = `${paths.unfinished}.${hostname()}.${process.pid}.${LIFE}.${randomUUID().slice(0, 8)}`;
  await mkdir(dirname(temporary), { recursive: true });
  const file = await open(temporary, 'wx', 0o640);
  let sizeBytes = 0;
  let flushedBytes = 0;
  let flushing: Promise<void> = Promise.resolve();
  let isOpen = true;

  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await flushing.catch(() => {});
    await file.close();
  }

  /** One at a time. A failure is told only once by the system; it is thrown by the next flush or by `commit`. */
  async function flush(): Promise<void> {
    await flushing;
    flushedBytes = sizeBytes;
    flushing = file.datasync();
    flushing.catch(() => {});
  }

  async function abort(): Promise<void> {
    await close();
    await rm(temporary, { force: true });
    await rm(metaOf(temporary), { force: true });
  }

  return {
    async write(chunk) {
      try {
        for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
        sizeBytes += chunk.length;
        if (sizeBytes - flushedBytes >= FLUSH_BYTES) await flush();
      } catch (error) {
        throw storeFailure(error);
      }
    },

    async commit(expected) {
      try {
        await flushing;
        await file.sync();
        const onDisk = (await file.stat()).size;
        await close();
        if (onDisk !== expected.sizeBytes || sizeBytes !== onDisk) {
          throw new ExportFailure(
            'blob_differs',
            `What was written of ${basename(paths.blob)} is not what was sent.`,
          );
        }
        await publish(temporary, paths, { ...meta, ...expected });
      } catch (error) {
        await abort();
        throw storeFailure(error);
      }
    },

    abort,
  };
}

/** The name comes last: until the rename is on the disk, nobody sees the blob. */
async function publish(temporary: string, paths: BlobPaths, meta: StoredMeta): Promise<void> {
  for (const path of [paths.blob, paths.meta]) await mkdir(dirname(path), { recursive: true });
  await writeFile(metaOf(temporary), JSON.stringify(meta), { flush: true });
  await rename(metaOf(temporary), paths.meta);
  await rename(temporary, paths.blob);
  await syncFolder(dirname(paths.blob));
}

const metaOf = (temporary: string): string => `${temporary}.meta`;

/** A rename survives a power cut when its folder was synced. Windows cannot open folders, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Unfinished bytes of processes that are gone: nobody else would remove them before the purge. */
async function removeLeftovers({ unfinished }: BlobPaths): Promise<void> {
  const folder = dirname(unfinished);
  const names = await readdir(folder).catch(() => []);
  const prefix = `${basename(unfinished)}.${hostname()}.`;
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const [pid = '', life = ''] = name.slice(prefix.length).split('.');
    if (life !== LIFE && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The size of a file, or null when there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && NOT_THERE.has(String(error.code))) return null;
    throw storeFailure(error);
  });
  return found?.isFile() ? found.size : null;
}

const NOT_THERE = new Set(['ENOENT', 'ENOTDIR']);
