import { APPLICATIONS_COLUMNS } from '../domain/applications.ts';
import { contentsPath, isCompressible } from '../domain/archive.ts';
import { type DataSet, type SourceFile, UnreadableFile } from '../domain/content.ts';
import { CONTENTS_COLUMNS, contentsRow } from '../domain/contents-csv.ts';
import { csvHead, csvRow } from '../domain/csv.ts';
import { ExportFailure } from '../domain/failure.ts';
import type { Plan, Stretch } from '../domain/plan.ts';
import type { PlannedFile } from '../domain/planned-row.ts';
import { POLICY } from '../domain/policy.ts';
import { fileOfScript, filesScriptHead, filesScriptPath, SCRIPT_END } from '../domain/viewer.ts';
import { sayBytes } from '../domain/words.ts';
import type { ExportStore } from '../ports/export-store.ts';
import type { EntryHead, PartFile } from '../ports/part-writer.ts';
import type { FileContent } from '../ports/source.ts';
import { asPlanned, type Differences, type Planned } from './as-planned.ts';
import { readPlannedText } from './planned-rows.ts';
import { dataRows, fileRows, type ListScope, sourceFailure } from './read-lists.ts';

/** Text is handed on in chunks of about this size. */
export const CHUNK_CHARS = 128 * 1024;

/** A part's lists, what was planned of them, and where it is noted when they are no longer the same. */
export type PartScope = ListScope & Planned & { differences: Differences };

/** The CSV of a stretch of a data set; says rows, and their bytes, of each chunk to `onRows`. */
export async function* dataSetCsv(
  scope: PartScope,
  dataSet: DataSet,
  stretch: Stretch,
  onRows: (rows: number, bytes: number) => void,
): AsyncIterable<Buffer> {
  let text = csvHead(scope.source.columns(dataSet));
  let rows = 0;
  let bytes = 0;
  // A data set that was empty when the plan was made stays empty: rows that came later are not in the plan.
  for await (const { item } of stretch.upTo ? plannedDataRows(scope, dataSet, stretch) : []) {
    const line = csvRow(item.values);
    text += line;
    rows += 1;
    bytes += Buffer.byteLength(line);
    if (text.length < CHUNK_CHARS) continue;
    onRows(rows, bytes);
    yield Buffer.from(text);
    text = '';
    rows = 0;
    bytes = 0;
  }
  onRows(rows, bytes);
  yield Buffer.from(text);
}

/** The rows of a stretch that were planned and are still there. */
export function plannedDataRows(scope: PartScope, dataSet: DataSet, stretch: Stretch) {
  const range = { after: stretch.after, upTo: stretch.upTo };
  const rows = dataRows(scope, dataSet, range);
  return asPlanned(scope, { ...stretch, list: dataSet }, rows, scope.differences);
}

/** `applications.csv`, as the planner wrote its rows down; says the bytes of each chunk to `onBytes`. */
export async function* applicationsCsv(
  { store, plan }: { store: ExportStore; plan: Plan },
  stretch: Stretch,
  onBytes: (bytes: number) => void,
): AsyncIterable<Buffer> {
  yield Buffer.from(csvHead(APPLICATIONS_COLUMNS));
  if (stretch.count === 0) return;
  for await (const text of readPlannedText(store, plan.exportId, stretch)) {
    const chunk = Buffer.from(text);
    onBytes(chunk.length);
    yield chunk;
  }
}

/** A file on its way into a part. */
export type Packed = PartFile & { row: SourceFile; planned: PlannedFile };

/**
 * The only file of a part with ZIP64, with the lists of contents before it: The Unarchiver cannot read on after an
 * entry of more than 4 GiB.
 */
export async function* withContentsBefore(
  files: AsyncIterable<Packed>,
  lists: () => ContentLists,
): AsyncIterable<Packed> {
  for await (const file of files) {
    yield {
      ...file,
      before: ({ sizeBytes, crc32 }) => {
        const contents = lists();
        contents.add(file, { sizeBytes, crc32 });
        return contents.texts();
      },
    };
  }
}

export type FilesOptions = {
  /** Paths that changed during an earlier attempt and are not tried again. */
  torn: ReadonlySet<string>;
  /** In the part of one huge file. */
  mayBeHuge: boolean;
};

/** The files of a stretch with the paths that they were given when the plan was made. */
export async function* filesOf(
  scope: PartScope,
  section: SourceFile['section'],
  stretch: Stretch,
  { torn, mayBeHuge }: FilesOptions,
): AsyncIterable<Packed> {
  const range = { after: stretch.after, upTo: stretch.upTo };
  const rows = fileRows(scope, section, range);
  const matched = asPlanned(scope, { ...stretch, list: section }, rows, scope.differences);
  for await (const { planned, item: row } of matched) {
    const { path } = planned;
    yield {
      row,
      planned,
      path,
      modifiedAt: row.createdAt,
      compress: isCompressible(path),
      open: () => openFile(scope, row, { isTorn: torn.has(path), mayBeHuge }),
    };
  }
}

async function openFile(
  scope: ListScope,
  row: SourceFile,
  { isTorn, mayBeHuge }: { isTorn: boolean; mayBeHuge: boolean },
): Promise<FileContent> {
  if (isTorn) throw new UnreadableFile('changed_while_reading', 'The file kept changing.');
  const content = await scope.source.open(row).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? error : sourceFailure(error);
  });
  if (mayBeHuge || content.sizeBytes <= POLICY.maxPartBytes) return content;
  await content.close();
  throw new ExportFailure(
    'file_too_large',
    `The file ${row.fileId} of ${row.section} is larger than 4 GB, but the database says ${sayBytes(row.sizeBytes)}.`,
  );
}

/** What is in a part, for people (a CSV) and for the viewer (a script). */
export type ContentLists = {
  add(file: Packed, sum: { sizeBytes: number; crc32: number }): void;
  texts(): { head: EntryHead; chunks: AsyncIterable<Buffer> }[];
};

export function createContentLists(partName: string, modifiedAt: string): ContentLists {
  const csv = createCollected(csvHead(CONTENTS_COLUMNS));
  const script = createCollected(filesScriptHead(partName));
  return {
    add({ path, row }, { sizeBytes, crc32 }) {
      csv.add(contentsRow(path, row, sizeBytes, crc32));
      script.add(fileOfScript(path, row, sizeBytes));
    },
    texts: () => [
      { head: { path: contentsPath(partName), modifiedAt }, chunks: csv.chunks('') },
      { head: { path: filesScriptPath(partName), modifiedAt }, chunks: script.chunks(SCRIPT_END) },
    ],
  };
}

/** Text that is collected as buffers, so that sixty thousand rows weigh little. */
function createCollected(head: string) {
  const done: Buffer[] = [];
  let text = head;
  return {
    add(row: string): void {
      text += row;
      if (text.length < CHUNK_CHARS) return;
      done.push(Buffer.from(text));
      text = '';
    },
    async *chunks(end: string): AsyncIterable<Buffer> {
      yield* done;
      yield Buffer.from(text + end);
    },
  };
}
