import type { BlockBlobClient } from '@azure/storage-blob';
import { codeOf, isAbsent } from './failure.ts';
import { patiently } from './patience.ts';

/** Marks an empty blob that stands for nothing and is about to go. */
const GONE = 'waybillgone';

export function isGone(metadata: Record<string, string> | undefined): boolean {
  return metadata?.[GONE] !== undefined;
}

/** Ids of the blocks that were staged under a name and not committed; ours and those of others. */
export async function stagedBlocks(blob: BlockBlobClient): Promise<string[]> {
  try {
    const { uncommittedBlocks } = await patiently((abortSignal) =>
      blob.getBlockList('uncommitted', { abortSignal }),
    );
    return (uncommittedBlocks ?? []).map(({ name }) => name);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/**
 * Drops the staged blocks of a name that has no blob. Azure has no call for it and would keep (and bill) them for a
 * week; but a Put Block List drops all that it does not name (learn.microsoft.com, Put Block List). So an empty list is
 * committed, marked as gone for those who look in this moment, and deleted.
 */
export async function dropStaged(blob: BlockBlobClient): Promise<void> {
  try {
    const { etag } = await patiently((abortSignal) =>
      blob.commitBlockList([], {
        abortSignal,
        metadata: { [GONE]: '1' },
        conditions: { ifNoneMatch: '*' },
      }),
    );
    await patiently((abortSignal) =>
      blob.deleteIfExists({ abortSignal, conditions: etag ? { ifMatch: etag } : {} }),
    );
  } catch (error) {
    // Somebody's blob came first: then the blocks went with its commit. Or container and all are gone.
    if (!isTaken(error) && !isAbsent(error)) throw error;
  }
}

/** The name is taken, or its blob is another than it was. */
function isTaken(error: unknown): boolean {
  return /^(BlobAlreadyExists|ConditionNotMet|UnauthorizedBlobOverwrite)$/.test(codeOf(error));
}
