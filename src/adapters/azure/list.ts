import type { BlobItem, ContainerClient } from '@azure/storage-blob';
import { isAbsent } from './failure.ts';
import { patiently } from './patience.ts';
import { isGone } from './unfinished.ts';

export type Listed = { name: string; sizeBytes: number; isUnfinished: boolean };

/** Azure gives 5,000 names at a time. */
const PAGE = 5000;

/**
 * The blobs below a prefix in the order of their names; a container that is not there has none.
 * @param options `unfinished`: also names under which blocks were staged but nothing committed, and blobs that are going
 */
export async function listBlobs(
  container: ContainerClient,
  prefix: string,
  { unfinished = false, pageSize = PAGE } = {},
): Promise<Listed[]> {
  const found: Listed[] = [];
  let marker: string | undefined;
  do {
    const pages = container
      .listBlobsFlat({ prefix, includeMetadata: true, includeUncommitedBlobs: unfinished })
      .byPage({ maxPageSize: pageSize, ...(marker ? { continuationToken: marker } : {}) });
    const page = await patiently(() => pages.next()).catch((error: unknown) => {
      if (isAbsent(error)) return { value: null };
      throw error;
    });
    for (const item of page.value?.segment.blobItems ?? []) found.push(describe(item));
    marker = page.value?.continuationToken;
  } while (marker);
  const wanted = unfinished ? found : found.filter((blob) => !blob.isUnfinished);
  return wanted.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe({ name, metadata, properties }: BlobItem): Listed {
  return {
    name,
    sizeBytes: properties.contentLength ?? 0,
    // A blob that was committed says what type its content has.
    isUnfinished: isGone(metadata) || properties.contentType === undefined,
  };
}
