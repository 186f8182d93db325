import type { TokenCredential } from '@azure/identity';
import {
  BlobServiceClient,
  newPipeline,
  type StorageRetryOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { Place } from './failure.ts';
import { checkContainer, type Layout } from './names.ts';
import { QUICK_RETRY, RETRY } from './patience.ts';
import { createDelegationSigner, createKeySigner, type Signer } from './sign.ts';

/** Where exports are kept. */
export type AzureConfig = AccountConfig & {
  /** Created when absent; nobody can read in it without a signed URL. */
  container: string;
  layout?: Layout;
};

/** How a storage account is reached: with its key, or with the identity of this machine. */
export type AccountConfig = (
  | { connectionString: string }
  | {
      /** Name of the storage account. */
      account: string;
      /** Set for a national cloud or an emulator; otherwise https://ACCOUNT.blob.core.windows.net. */
      endpoint?: string;
      /** Default: `DefaultAzureCredential` (environment, managed identity, Azure CLI). */
      credential?: TokenCredential;
    }
) & {
  /**
   * Whether each block goes with its MD5, which Azure compares. It costs a third of the speed, so by default only where
   * nothing else guards the bytes: on a line without TLS.
   */
  checkBlocks?: boolean;
  /** The time that signed URLs count by: always the real one. */
  now?(): Date;
};

export type Account = {
  name: string;
  service: BlobServiceClient;
  /** Gives up soon; for the first contact. */
  quick: BlobServiceClient;
  /** null when what we were given cannot sign: a connection string with a signature in place of the key. */
  signer: Signer | null;
  /** The account's key signs links that outlive any other; null with an identity. */
  key: StorageSharedKeyCredential | null;
  checkBlocks: boolean;
};

/** What a failure says of where it was. */
export function placeOf({ name, service }: Account, container: string): Place {
  return { account: name, container, hasKey: !('getToken' in service.credential) };
}

/**
 * Opens a storage account; no request is made.
 * @throws Error when the settings cannot be used
 */
export async function openAccount(config: AzureConfig): Promise<Account> {
  checkContainer(config.container);
  return openAnyAccount(config);
}

/** Opens a storage account in which nothing will be written; no request is made. */
export async function openAnyAccount(config: AccountConfig): Promise<Account> {
  const now = config.now ?? (() => new Date());
  if ('connectionString' in config) {
    const service = fromConnectionString(config.connectionString, RETRY);
    const quick = fromConnectionString(config.connectionString, QUICK_RETRY);
    const { credential } = service;
    // An address of one's own does not tell the account.
    const name = service.accountName || new URL(service.url).host;
    const key = credential instanceof StorageSharedKeyCredential ? credential : null;
    const signer = key && createKeySigner(service, key, now);
    return { name, service, quick, key, signer, checkBlocks: checksBlocks(config, service) };
  }
  const { account: name } = config;
  if (!config.endpoint && !/^[a-z0-9]{3,24}$/.test(name)) {
    throw new Error(
      `"${name}" is not the name of a storage account; set AZURE_STORAGE_ACCOUNT to its 3 to 24 lower-case letters and digits.`,
    );
  }
  const url = config.endpoint ?? `https://${name}.blob.core.windows.net`;
  const credential = config.credential ?? (await ownIdentity());
  const open = (retryOptions: StorageRetryOptions) =>
    new BlobServiceClient(url, newPipeline(credential, { retryOptions }));
  const service = open(RETRY);
  return {
    name,
    service,
    quick: open(QUICK_RETRY),
    key: null,
    signer: createDelegationSigner(service, name, now),
    checkBlocks: checksBlocks(config, service),
  };
}

function fromConnectionString(text: string, retryOptions: StorageRetryOptions): BlobServiceClient {
  try {
    return BlobServiceClient.fromConnectionString(text, { retryOptions });
  } catch {
    // The SDK's message may repeat a part of the string, which holds the key.
    throw new Error(
      'AZURE_STORAGE_CONNECTION_STRING cannot be read; copy it whole from "Access keys" of the storage account.',
    );
  }
}

function checksBlocks({ checkBlocks }: AccountConfig, { url }: BlobServiceClient): boolean {
  return checkBlocks ?? url.startsWith('http:');
}

async function ownIdentity(): Promise<TokenCredential> {
  // Loaded here: who has a connection string does not need it, and it is large.
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}
