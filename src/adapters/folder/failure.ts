import { asFailure, ExportFailure } from '../../domain/failure.ts';

/** An error of the file system as one of the closed list. */
export function storeFailure(error: unknown): ExportFailure {
  const failure = asFailure(error);
  if (failure.reason !== 'unexpected') return failure;
  const code = error instanceof Error && 'code' in error ? error.code : failure.message;
  return new ExportFailure(
    'store_unwritable',
    `The folder of the exports cannot be used (${code}).`,
    { cause: error },
  );
}
