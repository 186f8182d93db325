import { createStore, get, set } from 'idb-keyval';

/** What a browser remembers of a download, so that it goes on after a restart: no link, no token. */
export type Kept = {
  folder: FileSystemDirectoryHandle;
  /** SHA-256 of each file that was there in full and right. */
  done: Record<string, string>;
};

const store = () => createStore('waybill', 'downloads');

/** Nothing where a browser keeps nothing, in a private window for example. */
export async function readKept(number: number): Promise<Kept | null> {
  return (await get<Kept>(number, store()).catch(() => undefined)) ?? null;
}

export async function keep(number: number, kept: Kept): Promise<void> {
  await set(number, kept, store()).catch(() => {});
}
