import { contentsPath, dataSetPath } from '../domain/archive.ts';
import type { DataSet, FileSection, MissingReason, SourceFile } from '../domain/content.ts';
import { contentsRow } from '../domain/contents-csv.ts';
import { ExportFailure } from '../domain/failure.ts';
import type { MissingFile, Receipt, Stretch } from '../domain/plan.ts';
import type { PartWriter } from '../ports/part-writer.ts';
import type { BuildPart } from './build-part.ts';
import { createContentsCsv, dataSetCsv, filesOf, withContentsBefore } from './part-content.ts';
import type { ListScope } from './read-lists.ts';

/** What a receipt says of the inside of a part. */
export type PartContent = Pick<Receipt, 'entries' | 'rows' | 'files' | 'missing'>;

/** Adds the stretches of a part to its ZIP and counts. `torn` are paths that changed during an earlier attempt. */
export async function fillPart(
  job: BuildPart,
  writer: PartWriter,
  torn: ReadonlySet<string>,
): Promise<PartContent> {
  const content: PartContent = { entries: 0, rows: {}, files: {}, missing: [] };
  const filling = { job, writer, torn, content, report: createReport(job) };
  for (const stretch of job.part.stretches) {
    if (stretch.list === 'attachments' || stretch.list === 'cvs') {
      await addFiles(filling, stretch, stretch.list);
    } else {
      await addDataSet(filling, stretch, stretch.list);
    }
  }
  return content;
}

type Filling = {
  job: BuildPart;
  writer: PartWriter;
  torn: ReadonlySet<string>;
  content: PartContent;
  report: (files: number, bytes: number) => void;
};

async function addDataSet(filling: Filling, stretch: Stretch, dataSet: DataSet): Promise<void> {
  const { job, writer, content, report } = filling;
  let rows = 0;
  const csv = dataSetCsv(scopeOf(job), dataSet, stretch, (count, bytes) => {
    rows += count;
    report(0, bytes);
  });
  await writer.addText(
    { path: dataSetPath(dataSet, stretch.volume), modifiedAt: job.plan.plannedAt },
    csv,
  );
  checkCount(job, stretch, rows);
  content.rows[dataSet] = rows;
  content.entries += 1;
}

async function addFiles(filling: Filling, stretch: Stretch, section: FileSection): Promise<void> {
  const { job, writer, content, report, torn } = filling;
  const contents = createContentsCsv();
  const head = { path: contentsPath(job.part.name), modifiedAt: job.plan.plannedAt };
  const isHuge = job.part.zip64 ?? false;
  const files = filesOf(scopeOf(job), section, stretch, { torn, mayBeHuge: isHuge });
  for await (const added of writer.addFiles(isHuge ? withContentsBefore(files, head) : files)) {
    const { row, path } = added.file;
    // In planned bytes, so that the end is reached exactly.
    report(1, row.sizeBytes);
    if (added.missing !== null) {
      content.missing.push(missingOf(row, added.missing));
      continue;
    }
    contents.add(contentsRow(path, row, added.sizeBytes, added.crc32));
    const sum = content.files[row.jobId ?? ''] ?? { count: 0, bytes: 0 };
    content.files[row.jobId ?? ''] = {
      count: sum.count + 1,
      bytes: sum.bytes + added.sizeBytes,
    };
    content.entries += 1;
  }
  checkCount(job, stretch, content.entries + content.missing.length);
  checkSource(job, content);
  const isInAlready = isHuge && content.entries > 0;
  if (!isInAlready) await writer.addText(head, contents.chunks());
}

/** Said at once, not hours later in the reconciliation: rows were added or deleted since the plan was made. */
function checkCount({ part }: BuildPart, stretch: Stretch, count: number): void {
  if (count === stretch.count) return;
  throw new ExportFailure(
    'counts_differ',
    `${part.name} should hold ${stretch.count} of ${stretch.list}, but the source now has ${count}.`,
  );
}

/** One lost file is listed; when there is not a single one, the storage is not there. */
function checkSource({ part }: BuildPart, content: PartContent): void {
  if (content.entries > 0 || content.missing.length < FEWEST_FILES_OF_A_STORAGE) return;
  throw new ExportFailure(
    'source_unreadable',
    `None of the ${content.missing.length} files of ${part.name} can be read.`,
  );
}

const FEWEST_FILES_OF_A_STORAGE = 20;

function missingOf(row: SourceFile, reason: MissingReason): MissingFile {
  const { section, fileId, name, jobId, candidateId } = row;
  return { section, fileId, name, jobId, candidateId, reason };
}

function scopeOf({ plan, source, signal }: BuildPart): ListScope {
  return { source, accountId: plan.accountId, options: plan.options, signal };
}

function createReport(job: BuildPart): Filling['report'] {
  const done = { files: 0, bytes: 0 };
  return (files, bytes) => {
    done.files += files;
    done.bytes += bytes;
    job.onProgress?.({ ...done });
  };
}
