import type { ListName, RowKey, SourceFile } from '../domain/content.ts';
import { ExportFailure } from '../domain/failure.ts';
import { matchKeys } from '../domain/key-order.ts';
import type { MissingFile, Receipt, Stretch } from '../domain/plan.ts';
import { ELSEWHERE, type PlannedFile } from '../domain/planned-row.ts';
import type { ExportStore } from '../ports/export-store.ts';
import { readPlannedRows } from './planned-rows.ts';

/** Beyond so many in one part it is another account than the one that was planned, and the list of them weighs. */
const MAX_DIFFERENCES = 10_000;

/** What is not as it was planned in a part, each file and row of it. */
export type Differences = Required<Pick<Receipt, 'missing' | 'added'>>;

export type Planned = {
  store: ExportStore;
  exportId: string;
  /** It holds a few rows here and there: what lies between them is nothing new. */
  isSupplement: boolean;
};

/**
 * What a list has of that which was planned for a stretch, in order. What has gone since is added to what is missing,
 * and what has come since is left out and noted.
 */
export async function* asPlanned<T extends { key: RowKey }>(
  { store, exportId, isSupplement }: Planned,
  stretch: Stretch & { list: ListName },
  list: AsyncIterable<T>,
  differences: Differences,
): AsyncIterable<{ planned: PlannedFile; item: T }> {
  for await (const match of matchKeys(readPlannedRows(store, exportId, stretch), list)) {
    if (match.is !== 'added' && match.planned.path === ELSEWHERE) continue;
    if (match.is === 'planned_and_there') yield match;
    else if (match.is === 'vanished') {
      differences.missing.push(gone(stretch.list, match.planned));
    } else if (!isSupplement) differences.added.push(added(stretch.list, match.item));
    checkAmount(stretch.list, differences);
  }
}

function gone(list: ListName, planned: PlannedFile): MissingFile {
  const reason = 'gone_since_plan';
  if (!isFiles(list)) return { ...rowOf(list, planned.key), reason };
  const { key, path, fileId, name, jobId, candidateId } = planned;
  return { section: list, fileId, name, jobId, candidateId, list, key, path, reason };
}

function added(list: ListName, item: { key: RowKey }): MissingFile {
  const reason = 'added_since_plan';
  if (!isFiles(list)) return { ...rowOf(list, item.key), reason };
  const { fileId, name, jobId, candidateId } = item as SourceFile;
  return { section: list, fileId, name, jobId, candidateId, list, key: item.key, reason };
}

function isFiles(list: ListName): list is 'attachments' | 'cvs' {
  return list === 'attachments' || list === 'cvs';
}

function rowOf(list: ListName, key: RowKey): Omit<MissingFile, 'reason'> {
  return {
    section: 'data',
    fileId: key.join(' / '),
    name: `${list}.csv`,
    jobId: null,
    candidateId: null,
    list,
    key,
  };
}

function checkAmount(list: ListName, { missing, added }: Differences): void {
  if (missing.length + added.length <= MAX_DIFFERENCES) return;
  throw new ExportFailure(
    'counts_differ',
    `More than ${MAX_DIFFERENCES} entries of ${list} in one part came or went since the export was planned.`,
  );
}
