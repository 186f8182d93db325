import type { ContainerClient } from '@azure/storage-blob';
import type { Account, AzureConfig } from './account.ts';
import { codeOf } from './failure.ts';
import { containerOf } from './names.ts';
import { patiently } from './patience.ts';

/** Finds the container of each export, and makes it when the first blob comes. */
export function createContainers(
  { service, quick }: Account,
  { container: stem, layout = 'one' }: Pick<AzureConfig, 'container' | 'layout'>,
) {
  const made = new Map<string, Promise<void>>();

  function containerFor(name: string): ContainerClient {
    return service.getContainerClient(containerOf(stem, layout, name));
  }

  /** Makes the container when it is absent, without public access. */
  function ensureContainer({ containerName }: ContainerClient): Promise<void> {
    const known = made.get(containerName);
    if (known) return known;
    const making = make(quick.getContainerClient(containerName));
    made.set(containerName, making);
    making.catch(() => made.delete(containerName));
    return making;
  }

  /** A container that somebody deleted is made again the next time. */
  function forget({ containerName }: ContainerClient, error: unknown): void {
    if (codeOf(error) === 'ContainerNotFound') made.delete(containerName);
  }

  /** The container of an export goes with it; one that holds all exports stays. */
  async function removeContainer(container: ContainerClient): Promise<void> {
    if (layout === 'one') return;
    await patiently((abortSignal) => container.deleteIfExists({ abortSignal }));
    made.delete(container.containerName);
  }

  return { containerFor, ensureContainer, forget, removeContainer };
}

async function make(container: ContainerClient): Promise<void> {
  try {
    await patiently((abortSignal) => container.createIfNotExists({ abortSignal }));
  } catch (error) {
    // An identity that may write in it, and not make it, needs one that is there.
    if (codeOf(error) !== 'AuthorizationPermissionMismatch') throw error;
    if (!(await patiently((abortSignal) => container.exists({ abortSignal })))) throw error;
  }
}
