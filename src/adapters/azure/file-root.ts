import { posix, win32 } from 'node:path';
import { buffer as collect } from 'node:stream/consumers';
import { type BlobClient, isRestError } from '@azure/storage-blob';
import { UnreadableFile } from '../../domain/content.ts';
import { ExportFailure } from '../../domain/failure.ts';
import type { FileContent, FileRoot } from '../../ports/source.ts';
import { openAnyAccount } from './account.ts';
import { codeOf } from './failure.ts';
import { patiently } from './patience.ts';

/** The container that holds the files of an ATS. It is only read. */
export type AzureFileRoot = {
  container: string;
  /** What the names of an account's files begin with; may hold `{account}`. */
  prefix: string;
} & ({ connectionString: string } | { account: string; endpoint?: string });

/** Bytes that one request brings: a whole resume mostly. */
const REQUEST_BYTES = 4 * 1024 * 1024;

/**
 * The files of accounts in a container. The path of a file comes from the database and is hostile: it never leads out
 * of the prefix of its account. A file that changes between two requests is noticed by its ETag.
 * @throws Error when the settings cannot be used
 */
export async function createAzureFileRoot(config: AzureFileRoot): Promise<FileRoot> {
  const { service } = await openAnyAccount(config).catch((cause: unknown) => {
    throw new Error(
      'storage.azure of the source file cannot be used; check its connection_string.',
      {
        cause,
      },
    );
  });
  const container = service.getContainerClient(config.container);
  return {
    async open(accountId, path) {
      const blob = container.getBlobClient(nameOf(config.prefix, accountId, path));
      try {
        return contentOf(blob, await fetchFirst(blob));
      } catch (error) {
        throw faultOf(error, config.container);
      }
    },
  };

  function contentOf(blob: BlobClient, { bytes, total, etag }: First): FileContent {
    let start = 0;
    let cached = bytes;
    return {
      sizeBytes: total,
      async read(buffer, position) {
        let filled = 0;
        while (filled < buffer.length && position + filled < total) {
          const at = position + filled;
          if (at < start || at >= start + cached.length) {
            cached = await fetchMore(blob, at, etag).catch((error: unknown) => {
              throw faultOf(error, config.container);
            });
            start = at;
          }
          filled += cached.copy(buffer, filled, at - start);
        }
        return filled;
      },
      close: async () => {
        cached = Buffer.alloc(0);
      },
    };
  }
}

/** The beginning of a file, mostly all of it, and what it is in whole. */
type First = { bytes: Buffer; total: number; etag: string };

async function fetchFirst(blob: BlobClient): Promise<First> {
  try {
    return await patiently(async (abortSignal) => {
      const response = await blob.download(0, REQUEST_BYTES, { abortSignal });
      const total = Number(/\/(\d+)$/.exec(response.contentRange ?? '')?.[1]);
      const bytes = await bytesOf(response);
      return {
        bytes,
        total: Number.isNaN(total) ? bytes.length : total,
        etag: response.etag ?? '',
      };
    });
  } catch (error) {
    // An empty file has no range at all.
    if (isRestError(error) && error.statusCode === 416) {
      return { bytes: Buffer.alloc(0), total: 0, etag: '' };
    }
    throw error;
  }
}

function fetchMore(blob: BlobClient, position: number, etag: string): Promise<Buffer> {
  return patiently(async (abortSignal) => {
    const conditions = { ifMatch: etag };
    return bytesOf(await blob.download(position, REQUEST_BYTES, { abortSignal, conditions }));
  });
}

async function bytesOf(response: {
  readableStreamBody?: NodeJS.ReadableStream | undefined;
}): Promise<Buffer> {
  if (!response.readableStreamBody) throw new Error('Azure sent no content.');
  return collect(response.readableStreamBody);
}

/** A fault of one file as its reason; a fault of all of them as what stops the export. */
function faultOf(error: unknown, container: string): Error {
  if (error instanceof UnreadableFile) return error;
  const code = codeOf(error);
  const status = isRestError(error) ? (error.statusCode ?? 0) : 0;
  if (status === 412) {
    return new UnreadableFile('changed_while_reading', 'The file changed while it was read.');
  }
  if (code === 'BlobNotFound') return new UnreadableFile('gone', 'There is no such file.');
  if (code === 'BlobArchived' || status === 400) {
    return new UnreadableFile('unreadable', `The file cannot be read (${code}).`, { cause: error });
  }
  const what =
    code === 'ContainerNotFound'
      ? 'is not there; correct storage.azure'
      : `cannot be read (${code || status || 'no answer'}); check storage.azure and the rights of Waybill there`;
  const message = `The container "${container}" with the files of the ATS ${what}.`;
  return new ExportFailure('source_unreadable', message, { cause: error });
}

function nameOf(prefix: string, accountId: string, path: string): string {
  if (prefix.includes('{account}') && !/^(?!\.{1,2}$)[^/\\\0]+$/.test(accountId)) {
    throw leadsOut('The id of the account is no name of a folder.');
  }
  const root = prefix.replaceAll('{account}', accountId);
  const isAbsolute = posix.isAbsolute(path) || win32.isAbsolute(path);
  // A client of HTTP takes ".." for the folder above, whatever the storage thinks of it.
  const inside = posix.normalize(path);
  const leaves = inside === '.' || inside === '..' || inside.startsWith('../');
  if (isAbsolute || leaves || path.includes('\0') || path.includes('\\..')) {
    throw leadsOut('The path leads out of the files of the account.');
  }
  return root + inside;
}

function leadsOut(message: string): UnreadableFile {
  return new UnreadableFile('outside_root', message);
}
