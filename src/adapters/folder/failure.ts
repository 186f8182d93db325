import { ExportFailure } from '../../domain/failure.ts';

/** An error of the file system as one of the closed list; what is on it already stays as it is. */
export function storeFailure(error: unknown): ExportFailure {
  if (error instanceof ExportFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ExportFailure('disk_full', 'The disk of the export store is full.', {
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ExportFailure(
    'store_unwritable',
    `The folder of the exports cannot be used (${code || message}).`,
    { cause: error },
  );
}
