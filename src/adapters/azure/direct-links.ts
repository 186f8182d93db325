import { generateBlobSASQueryParameters, type SignedIdentifier } from '@azure/storage-blob';
import { ExportFailure } from '../../domain/failure.ts';
import type { DirectLinks } from '../../ports/direct-links.ts';
import { type AzureConfig, openAccount, placeOf } from './account.ts';
import { createContainers } from './containers.ts';
import { azureFailure, isAbsent } from './failure.ts';
import { checkName } from './names.ts';
import { patiently } from './patience.ts';
import { readOnly, urlOf } from './sign.ts';

/** A container takes five stored access policies (learn.microsoft.com, Define a stored access policy). */
const MAX_WINDOWS = 5;
const SKEW_MS = 15 * 60_000;

/**
 * Links that name a stored access policy of their container instead of a time. Policies are few, so each export has a
 * container of its own (layout `per-export`, which the export store must have too), and its windows are the policies.
 * A user delegation SAS cannot name a policy: the account's key is needed.
 * @throws Error when the configuration has no key or cannot be used
 */
export async function createAzureDirectLinks(config: AzureConfig): Promise<DirectLinks> {
  const account = await openAccount(config);
  const { service, key } = account;
  if (!key) {
    throw new Error(
      'LINKS=direct needs the key of the storage account; set AZURE_STORAGE_CONNECTION_STRING to one with AccountKey, or set LINKS=gateway.',
    );
  }
  const now = config.now ?? (() => new Date());
  const { containerFor, ensureContainer } = createContainers(account, {
    ...config,
    layout: 'per-export',
  });

  /** Replaces the policies of an export's container, which Azure takes as a whole. */
  async function change(
    exportId: string,
    windowId: string,
    next: (others: SignedIdentifier[]) => SignedIdentifier[],
  ): Promise<void> {
    checkName(exportId, 1);
    checkWindowId(windowId);
    const container = containerFor(`${exportId}/`);
    const { containerName } = container;
    try {
      const { signedIdentifiers } = await patiently((abortSignal) =>
        container.getAccessPolicy({ abortSignal }),
      );
      const policies = next(signedIdentifiers.filter(({ id }) => id !== windowId));
      await patiently((abortSignal) =>
        container.setAccessPolicy(undefined, policies, { abortSignal }),
      );
    } catch (error) {
      throw azureFailure(error, placeOf(account, containerName));
    }
  }

  return {
    async openWindow(exportId, windowId, expiresAt) {
      checkName(exportId, 1);
      await ensureContainer(containerFor(`${exportId}/`)).catch((error: unknown) => {
        throw azureFailure(error, placeOf(account, config.container));
      });
      await change(exportId, windowId, (others) => {
        const open = others.filter(({ accessPolicy }) => !isPast(accessPolicy?.expiresOn, now()));
        if (open.length >= MAX_WINDOWS) throw tooManyWindows();
        const startsOn = new Date(now().getTime() - SKEW_MS);
        const accessPolicy = { startsOn, expiresOn: expiresAt, permissions: 'r' };
        return [...open, { id: windowId, accessPolicy }];
      });
    },

    async closeWindow(exportId, windowId) {
      await change(exportId, windowId, (others) => others).catch((error: unknown) => {
        // With the container the links are gone too.
        if (!(error instanceof Error && isAbsent(error.cause))) throw error;
      });
    },

    url(name, fileName, windowId) {
      checkName(name);
      checkWindowId(windowId);
      const where = { container: containerFor(name).containerName, name };
      const values = readOnly(service, where, { identifier: windowId }, fileName);
      return urlOf(service, where, generateBlobSASQueryParameters(values, key).toString());
    },
  };
}

function tooManyWindows(): ExportFailure {
  return new ExportFailure(
    'store_unwritable',
    `An export has at most ${MAX_WINDOWS} windows for its links; close one first.`,
  );
}

function checkWindowId(id: string): void {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new Error(`"${id}" cannot name a window of links.`);
}

function isPast(at: Date | undefined, now: Date): boolean {
  return at !== undefined && at <= now;
}
