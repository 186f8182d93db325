import type { KeyRange, ListName, RowKey } from '../domain/content.ts';
import { compareKeys, matchKeys } from '../domain/key-order.ts';
import type { MissingFile } from '../domain/plan.ts';

const EVERYTHING: KeyRange = { after: null, upTo: null };

/** What a supplement is to hold, and where it is noted when the account has it no longer. */
export type Wanted = { files: readonly MissingFile[]; lost: MissingFile[] };

export function isWanted(list: ListName, wanted: Wanted | null): boolean {
  return !wanted || wanted.files.some((file) => file.list === list);
}

/** The rows of a list that go into an export, in order: all of them, or those that a supplement is to hold. */
export async function* wantedRows<T extends { key: RowKey }>(
  list: ListName,
  read: (range: KeyRange) => AsyncIterable<T>,
  wanted: Wanted | null,
): AsyncIterable<{ row: T; was: MissingFile | null }> {
  if (!wanted) {
    for await (const row of read(EVERYTHING)) yield { row, was: null };
    return;
  }
  const files = keyed(wanted.files.filter((file) => file.list === list));
  const last = files.at(-1);
  if (!last) return;
  for await (const match of matchKeys(files, read({ after: null, upTo: last.key }))) {
    if (match.is === 'planned_and_there') yield { row: match.item, was: match.planned };
    if (match.is === 'vanished') {
      wanted.lost.push({ ...match.planned, reason: 'gone_since_plan' });
    }
  }
}

function keyed(files: readonly MissingFile[]): (MissingFile & { key: RowKey })[] {
  return files
    .flatMap((file) => (file.key ? [{ ...file, key: file.key }] : []))
    .sort((a, b) => compareKeys(a.key, b.key));
}
