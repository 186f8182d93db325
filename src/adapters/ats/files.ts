import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type MissingReason, UnreadableFile } from '../../domain/content.ts';
import type { FileContent } from '../../ports/source.ts';
import { SourceProblem } from './source-problem.ts';

/** O_NONBLOCK: opening a named pipe must not wait for a writer. O_NOFOLLOW: the real path has no link left. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file of an account. `folder` may hold `{account}`; `relative` comes from the database and is hostile:
 * neither `..` nor a link leads out of the folder.
 * @throws UnreadableFile for a fault of this file; SourceProblem when the whole storage is not there.
 */
export async function openFile(
  folder: string,
  accountId: string,
  relative: string,
): Promise<FileContent> {
  const root = await rootOf(folder, accountId);
  const file = await insideOf(root, relative);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, READ);
    const stat = await handle.stat();
    if (!stat.isFile()) throw new UnreadableFile('unreadable', 'It is not a file.');
    return contentOf(handle, stat.size);
  } catch (error) {
    await handle?.close();
    throw unreadable(error);
  }
}

/** The real path of the folder in which everything of this account lies. */
async function rootOf(folder: string, accountId: string): Promise<string> {
  const [base = ''] = folder.split('{account}');
  if (base !== folder && !/^(?!\.{1,2}$)[^/\\\0]+$/.test(accountId)) {
    throw new UnreadableFile('outside_root', 'The id of the account is no name of a folder.');
  }
  await realpath(base).catch((cause) => {
    throw new SourceProblem(
      `The folder of the files, ${base}, is not there; correct storage.folder.`,
      {
        cause,
      },
    );
  });
  return realpath(folder.replaceAll('{account}', accountId)).catch(rethrowUnreadable);
}

async function insideOf(root: string, relative: string): Promise<string> {
  const absolute = path.posix.isAbsolute(relative) || path.win32.isAbsolute(relative);
  if (absolute || relative.includes('\0') || !isInside(root, path.resolve(root, relative))) {
    throw new UnreadableFile('outside_root', 'The path leads out of the folder of the files.');
  }
  const real = await realpath(path.resolve(root, relative)).catch(rethrowUnreadable);
  if (!isInside(root, real)) {
    throw new UnreadableFile('outside_root', 'A link leads out of the folder of the files.');
  }
  return real;
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

function contentOf(handle: FileHandle, sizeBytes: number): FileContent {
  return {
    sizeBytes,
    async read(buffer, position) {
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle
          .read(buffer, filled, buffer.length - filled, position + filled)
          .catch(rethrowUnreadable);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    },
    close: () => handle.close(),
  };
}

function rethrowUnreadable(error: unknown): never {
  throw unreadable(error);
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
