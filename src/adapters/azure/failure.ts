import { isRestError } from '@azure/storage-blob';
import { ExportFailure, type FailureReason } from '../../domain/failure.ts';

/** Where something failed, in words that may be shown. */
export type Place = { account: string; container: string; hasKey: boolean };

const UNREACHABLE =
  /^(ECONN\w+|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|REQUEST_SEND_ERROR)$/;
const NO_IDENTITY = /^(Credential|Authentication|AggregateAuthentication)/;

/**
 * An error of Azure as one of the closed list. The sentence has the code, and neither URL nor key; the cause is the
 * SDK's error, which keeps request and signature out of what is printed.
 */
export function azureFailure(error: unknown, place: Place): ExportFailure {
  if (error instanceof ExportFailure) return error;
  const [reason, message] = explain(error, place);
  return new ExportFailure(reason, message, { cause: error });
}

/** The code of an error that Azure answered with, such as `BlobNotFound`. */
export function codeOf(error: unknown): string {
  if (isRestError(error)) return error.code ?? String(error.statusCode ?? '');
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** There is no such blob or container. */
export function isAbsent(error: unknown): boolean {
  return isRestError(error) && error.statusCode === 404;
}

function explain(error: unknown, place: Place): [FailureReason, string] {
  const { account, container } = place;
  const code = codeOf(error);
  const status = isRestError(error) ? (error.statusCode ?? 0) : 0;
  const name = error instanceof Error ? error.name : '';
  const unwritable = (text: string): [FailureReason, string] => ['store_unwritable', text];
  if (code === 'ENOTFOUND') {
    return unwritable(
      `There is no storage account "${account}" (its host is not known); check the account name.`,
    );
  }
  if (code === 'ContainerNotFound' || code === 'ContainerBeingDeleted') {
    return unwritable(`The container "${container}" of Azure Blob Storage is not there any more.`);
  }
  if (status === 401 || status === 403) return unwritable(refused(code || String(status), place));
  if (code === 'Md5Mismatch') {
    return ['blob_differs', 'What arrived in Azure Blob Storage is not what was sent.'];
  }
  if (status === 503 || status === 500) {
    return unwritable(`Azure Blob Storage is too busy or out of order (${status} ${code}).`);
  }
  if (NO_IDENTITY.test(name)) {
    return unwritable(
      'No identity for Azure was found; give this machine a managed identity, sign in with "az login", or set AZURE_STORAGE_CONNECTION_STRING.',
    );
  }
  if (UNREACHABLE.test(code) || name === 'AbortError' || name === 'TimeoutError') {
    return unwritable(`Azure Blob Storage cannot be reached (${code || 'no answer in time'}).`);
  }
  if (status > 0) return unwritable(`Azure Blob Storage refused this (${status} ${code}).`);
  const message = error instanceof Error ? error.message : String(error);
  return ['unexpected', `The export stopped: ${message}`];
}

function refused(code: string, { account, hasKey }: Place): string {
  const what = hasKey
    ? 'check AZURE_STORAGE_CONNECTION_STRING and the clock of this machine'
    : 'give the identity of this machine the role "Storage Blob Data Contributor"';
  return `The storage account "${account}" refuses us (${code}); ${what}, and check the network rules of the account.`;
}
