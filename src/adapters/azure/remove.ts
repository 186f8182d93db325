import type { ContainerClient } from '@azure/storage-blob';
import { ExportFailure } from '../../domain/failure.ts';
import { eachOf } from './each-of.ts';
import { type Listed, listBlobs } from './list.ts';
import { BESIDE } from './names.ts';
import { patiently } from './patience.ts';
import { dropStaged } from './unfinished.ts';

const AT_A_TIME = 8;
/** A name can come up again: blocks may be left under it when its blob is deleted. */
const ROUNDS = 3;

/** Deletes what lies below a prefix, finished or not, until nothing is left; says which blobs people could see. */
export async function removeBlobs(
  container: ContainerClient,
  prefix: string,
): Promise<{ blobs: number; bytes: number }> {
  const gone = { blobs: 0, bytes: 0 };
  for (let round = 0; round <= ROUNDS; round++) {
    const left = await everything(container, prefix);
    if (left.length === 0) return gone;
    if (round === ROUNDS) {
      throw new ExportFailure(
        'store_unwritable',
        `${left.length} files of ${prefix} are still there.`,
      );
    }
    await eachOf(left, AT_A_TIME, async (blob) => {
      const isDeleted = await removeBlob(container, blob);
      if (!isDeleted || blob.isUnfinished || blob.name.startsWith(BESIDE)) return;
      gone.blobs += 1;
      gone.bytes += blob.sizeBytes;
    });
  }
  return gone;
}

async function everything(container: ContainerClient, prefix: string): Promise<Listed[]> {
  const below = (start: string) => listBlobs(container, start, { unfinished: true });
  return [...(await below(prefix)), ...(await below(`${BESIDE}${prefix}`))];
}

async function removeBlob(
  container: ContainerClient,
  { name, isUnfinished }: Listed,
): Promise<boolean> {
  const blob = container.getBlockBlobClient(name);
  if (isUnfinished) await dropStaged(blob);
  const { succeeded } = await patiently((abortSignal) =>
    blob.deleteIfExists({ abortSignal, deleteSnapshots: 'include' }),
  );
  return succeeded;
}
