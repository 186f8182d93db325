import { join } from 'node:path';

/** Where everything of the store itself lies: unfinished blobs and what is known of finished ones. */
export const HIDDEN = '.waybill';

/** `exports`: one folder for each export. `single`: the folder holds one export, and its name is left out of the paths. */
type Layout = 'exports' | 'single';

export type FolderConfig = { root: string; layout?: Layout };

export type BlobPaths = { blob: string; meta: string; unfinished: string };

/** Files that a customer has no use for; in a `single` folder they are kept out of sight. */
const OF_THE_PIPELINE = /^(plan\.json$|planned\/|receipts\/)/;

/**
 * The paths of a blob, all below the root.
 * @throws Error for a name that is not `<export id>/<file>`: nothing outside may be reached, not even by a wrong caller
 */
export function blobPaths(config: FolderConfig, name: string): BlobPaths {
  checkName(name, 2);
  const place = placeOf(config, name);
  const hidden = place.startsWith(`${HIDDEN}/`) ? place.slice(HIDDEN.length + 1) : place;
  return {
    blob: join(config.root, place),
    meta: join(config.root, HIDDEN, 'meta', `${hidden}.json`),
    unfinished: join(config.root, HIDDEN, 'unfinished', hidden),
  };
}

function placeOf({ layout }: FolderConfig, name: string): string {
  if (layout !== 'single') return name;
  const file = name.slice(name.indexOf('/') + 1);
  return OF_THE_PIPELINE.test(file) ? `${HIDDEN}/work/${file}` : file;
}

/** A prefix ends in `/` and names an export at least, so that a slip cannot delete them all. */
export function checkPrefix(prefix: string): void {
  if (!prefix.endsWith('/')) throw new Error(`The prefix "${prefix}" must end in "/".`);
  checkName(prefix.slice(0, -1), 1);
}

function checkName(name: string, fewest: number): void {
  const segments = name.split('/');
  if (segments.length < fewest || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new Error(`"${name}" is not a name of the export store.`);
  }
}

/** Letters and digits first, so that neither `..` nor a hidden name passes. */
const SEGMENT = /^[\p{L}\p{N}][\p{L}\p{N} ._~@+-]{0,180}$/u;
