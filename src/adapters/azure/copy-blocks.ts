import type { BlockBlobClient } from '@azure/storage-blob';
import type { Account } from './account.ts';
import { createBlockIds } from './block-upload.ts';
import { eachOf } from './each-of.ts';
import { codeOf } from './failure.ts';
import { patiently } from './patience.ts';
import { dropStaged } from './unfinished.ts';

/** Azure copies 4000 MiB in a call; small pieces come back soon and are cheap to repeat. */
const PIECE_BYTES = 100 * 1024 * 1024;
const AT_A_TIME = 4;
const URL_MINUTES = 120;

/** Lets Azure copy a blob to staged blocks of another name; returns their ids. The bytes do not pass this machine. */
export async function copyBlocks(
  { signer }: Account,
  from: BlockBlobClient,
  to: BlockBlobClient,
  sizeBytes: number,
): Promise<string[]> {
  const where = { container: from.containerName, name: from.name };
  // Without a signer the client itself was made from a signature, which its URL has.
  const url = signer ? await signer(where, URL_MINUTES) : from.url;
  const { idOf } = createBlockIds();
  const pieces = Array.from({ length: Math.ceil(sizeBytes / PIECE_BYTES) }, (_, index) => ({
    id: idOf(index),
    offset: index * PIECE_BYTES,
    bytes: Math.min(PIECE_BYTES, sizeBytes - index * PIECE_BYTES),
  }));
  const copy = ({ id, offset, bytes }: (typeof pieces)[number]) =>
    patiently((abortSignal) => to.stageBlockFromURL(id, url, offset, bytes, { abortSignal }));
  const [first, ...rest] = pieces;
  if (first) {
    await copy(first).catch(async (error: unknown) => {
      if (codeOf(error) !== 'InvalidBlobOrBlock') throw error;
      // Blocks of another program are in the way, whose ids have another length.
      await dropStaged(to);
      await copy(first);
    });
  }
  await eachOf(rest, AT_A_TIME, copy);
  return pieces.map(({ id }) => id);
}
