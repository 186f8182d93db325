import { closeSync, constants, fstatSync, open, read, readlinkSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type MissingReason, UnreadableFile } from '../../domain/content.ts';
import type { FileContent, FileRoot } from '../../ports/source.ts';
import { SourceProblem } from './source-problem.ts';

/** O_NONBLOCK: opening a named pipe must not wait for a writer. O_NOFOLLOW: the real path has no link left. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens the files of accounts below one folder. `folder` may hold `{account}`; the path of a file comes from the database and is hostile:
 * neither `..` nor a link leads out of the folder.
 * It throws UnreadableFile for a fault of one file, and SourceProblem when the whole storage is not there.
 */
export function createFileOpener(folder: string): FileRoot['open'] {
  const roots = new Map<string, string>();

  async function rootOf(accountId: string): Promise<string> {
    const known = roots.get(accountId);
    if (known) return known;
    if (folder.includes('{account}') && !/^(?!\.{1,2}$)[^/\\\0]+$/.test(accountId)) {
      throw new UnreadableFile('outside_root', 'The id of the account is no name of a folder.');
    }
    const root = await realpath(folder.replaceAll('{account}', accountId));
    roots.set(accountId, root);
    return root;
  }

  /** An account may have no folder; but when what was there before, or all of it, is away, no file is "gone". */
  async function needStorage(accountId: string): Promise<void> {
    const [base = ''] = folder.split(/[^/\\]*\{account\}/);
    const storage = roots.get(accountId) ?? base;
    await realpath(storage).catch((cause) => {
      const message = `The folder of the files, ${storage}, is not there; correct storage.folder or connect it.`;
      throw new SourceProblem(message, { cause });
    });
  }

  return async (accountId, relative) => {
    try {
      return await openInside(await rootOf(accountId), relative);
    } catch (cause) {
      const error = unreadable(cause);
      if (error instanceof UnreadableFile && error.reason === 'gone') await needStorage(accountId);
      throw error;
    }
  };
}

/**
 * Each trip to libuv's threads costs more than opening a file whose folder is known. What the system answers from
 * memory, once a file is open, is asked at once.
 */
async function openInside(root: string, relative: string): Promise<FileContent> {
  const file = await openFile(await insideOf(root, relative));
  try {
    // A folder on the way may have become a link since its real path was asked for.
    if (!isInside(root, openedPath(file) ?? root + path.sep)) throw leadsOut('A link');
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new UnreadableFile('unreadable', 'It is not a file.');
    return contentOf(file, stat.size);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function openFile(path: string): Promise<number> {
  return new Promise((resolve, reject) =>
    open(path, READ, (error, file) => (error ? reject(error) : resolve(file))),
  );
}

async function insideOf(root: string, relative: string): Promise<string> {
  const absolute = path.posix.isAbsolute(relative) || path.win32.isAbsolute(relative);
  if (absolute || relative.includes('\0') || !isInside(root, path.resolve(root, relative))) {
    throw leadsOut('The path');
  }
  const real = await realpath(path.resolve(root, relative));
  if (!isInside(root, real)) {
    throw leadsOut('A link');
  }
  return real;
}

/** Where an open file really lies; null where the system does not tell. */
function openedPath(file: number): string | null {
  return process.platform === 'linux' ? readlinkSync(`/proc/self/fd/${file}`) : null;
}

function leadsOut(what: 'The path' | 'A link'): UnreadableFile {
  return new UnreadableFile('outside_root', `${what} leads out of the folder of the files.`);
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

function contentOf(file: number, sizeBytes: number): FileContent {
  let isOpen = true;
  return {
    sizeBytes,
    async read(buffer, position) {
      let filled = 0;
      while (filled < buffer.length) {
        const bytes = await readAt(file, buffer.subarray(filled), position + filled);
        filled += bytes;
        // Less than there is room for, and just to where the file should end: this is its end.
        if (bytes === 0 || position + filled === sizeBytes) break;
      }
      return filled;
    },
    async close() {
      // The number may be another file by then.
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function readAt(file: number, buffer: Buffer, position: number): Promise<number> {
  return new Promise((resolve, reject) =>
    read(file, buffer, 0, buffer.length, position, (error, bytes) =>
      error ? reject(unreadable(error)) : resolve(bytes),
    ),
  );
}

/** A fault of one file as its reason; a fault of the machine (no descriptors, no memory) stays what it is. */
function unreadable(error: unknown): unknown {
  if (error instanceof UnreadableFile) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EMFILE', 'ENFILE', 'ENOMEM'].includes(code)) return error;
  const reason: MissingReason = code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'unreadable';
  return new UnreadableFile(reason, `The file cannot be read (${code || 'unknown fault'}).`, {
    cause: error,
  });
}
