import { APPLICATIONS, applicationsPath } from '../domain/applications.ts';
import { dataSetPath } from '../domain/archive.ts';
import type { DataSet, FileSection, MissingReason } from '../domain/content.ts';
import { ExportFailure } from '../domain/failure.ts';
import type { MissingFile, Receipt, Stretch } from '../domain/plan.ts';
import type { PlannedFile } from '../domain/planned-row.ts';
import type { PartWriter } from '../ports/part-writer.ts';
import type { BuildPart } from './build-part.ts';
import { ndjsonOf } from './ndjson-rows.ts';
import {
  applicationsCsv,
  createContentLists,
  dataSetCsv,
  filesOf,
  type PartScope,
  withContentsBefore,
} from './part-content.ts';
import { addExtras, viewerPageOf, viewerRows } from './viewer.ts';

/** What a receipt says of the inside of a part. */
export type PartContent = Required<
  Pick<Receipt, 'entries' | 'extras' | 'rows' | 'files' | 'missing' | 'added'>
>;

/** Adds the stretches of a part to its ZIP and counts. `torn` are paths that changed during an earlier attempt. */
export async function fillPart(
  job: BuildPart,
  writer: PartWriter,
  torn: ReadonlySet<string>,
): Promise<PartContent> {
  const content: PartContent = {
    entries: 0,
    extras: 0,
    rows: {},
    files: {},
    missing: [],
    added: [],
  };
  const filling = { job, writer, torn, content, report: createReport(job) };
  for (const stretch of job.part.stretches) {
    if (stretch.list === 'attachments' || stretch.list === 'cvs') {
      await addFiles(filling, stretch, stretch.list);
    } else if (stretch.list === APPLICATIONS) {
      await addApplications(filling, stretch);
    } else {
      await addDataSet(filling, stretch, stretch.list);
    }
  }
  // The viewer belongs to the export itself: a supplement must not put its few rows in its place.
  if (!job.plan.supplement) {
    content.extras += await addExtras(writer, viewerPageOf(job.plan, job.part.number));
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
  const before = content.missing.length;
  let rows = 0;
  const scope = scopeOf(job, content);
  const { plannedAt } = job.plan;
  const csv = dataSetCsv(scope, dataSet, stretch, (count, bytes) => {
    rows += count;
    report(0, bytes);
  });
  await writer.addText(
    { path: dataSetPath(dataSet, stretch.volume, supplementOf(job)), modifiedAt: plannedAt },
    csv,
  );
  if (!job.plan.supplement) {
    content.extras += await addExtras(writer, viewerRows(scope, dataSet, stretch, plannedAt));
  }
  if (job.plan.options.ndjson) {
    const extras = ndjsonOf(scope, dataSet, stretch, { supplement: supplementOf(job), plannedAt });
    content.extras += await addExtras(writer, extras);
  }
  checkCount(job, stretch, rows + content.missing.length - before);
  content.rows[dataSet] = rows;
  content.entries += 1;
}

async function addApplications({ job, writer, content, report }: Filling, stretch: Stretch) {
  let bytes = 0;
  const csv = applicationsCsv(job, stretch, (more) => {
    bytes += more;
    report(0, more);
  });
  const path = applicationsPath(stretch.volume);
  await writer.addText({ path, modifiedAt: job.plan.plannedAt }, csv);
  // Every row of it was written by the planner: the same bytes are the same rows.
  checkCount(job, stretch, bytes === stretch.bytes ? stretch.count : 0);
  content.rows[APPLICATIONS] = stretch.count;
  content.entries += 1;
}

async function addFiles(filling: Filling, stretch: Stretch, section: FileSection): Promise<void> {
  const { job, writer, content, report, torn } = filling;
  const newLists = () => createContentLists(job.part.name, job.plan.plannedAt);
  const contents = newLists();
  const isHuge = job.part.zip64 ?? false;
  const files = filesOf(scopeOf(job, content), section, stretch, { torn, mayBeHuge: isHuge });
  for await (const added of writer.addFiles(isHuge ? withContentsBefore(files, newLists) : files)) {
    const { row, planned } = added.file;
    // In planned bytes, so that the end is reached exactly.
    report(1, row.sizeBytes);
    if (added.missing !== null) {
      content.missing.push(missingOf(section, planned, added.missing));
      continue;
    }
    contents.add(added.file, added);
    const of = planned.jobId ?? '';
    const sum = content.files[of] ?? { count: 0, bytes: 0 };
    content.files[of] = {
      count: sum.count + 1,
      bytes: sum.bytes + added.sizeBytes,
    };
    content.entries += 1;
  }
  checkCount(job, stretch, content.entries + content.missing.length);
  checkSource(job, content);
  const isInAlready = isHuge && content.entries > 0;
  const lists = contents.texts();
  content.extras += isInAlready ? lists.length : await addExtras(writer, lists);
}

/** Said at once, not hours later in the reconciliation: whatever came or went, all that was planned is accounted for. */
function checkCount({ part }: BuildPart, stretch: Stretch, count: number): void {
  if (count === stretch.count) return;
  throw new ExportFailure(
    'counts_differ',
    `${part.name} should hold ${stretch.count} of ${stretch.list}, but ${count} are accounted for.`,
  );
}

/** One lost file is listed; when there is not a single one, the storage is not there. */
function checkSource({ part }: BuildPart, content: PartContent): void {
  const unread = content.missing.filter(({ reason }) => reason !== 'gone_since_plan').length;
  if (content.entries > 0 || unread < FEWEST_FILES_OF_A_STORAGE) return;
  throw new ExportFailure(
    'source_unreadable',
    `None of the ${unread} files of ${part.name} can be read.`,
  );
}

const FEWEST_FILES_OF_A_STORAGE = 20;

function missingOf(
  section: FileSection,
  { key, path, fileId, name, jobId, candidateId }: PlannedFile,
  reason: MissingReason,
): MissingFile {
  return { section, fileId, name, jobId, candidateId, list: section, key, path, reason };
}

function scopeOf({ plan, source, store, signal }: BuildPart, differences: PartContent): PartScope {
  const { accountId, options, exportId } = plan;
  const isSupplement = plan.supplement !== undefined;
  return { source, store, accountId, options, exportId, isSupplement, signal, differences };
}

function supplementOf({ plan }: BuildPart): number | null {
  return plan.supplement?.number ?? null;
}

function createReport(job: BuildPart): Filling['report'] {
  const done = { files: 0, bytes: 0 };
  return (files, bytes) => {
    done.files += files;
    done.bytes += bytes;
    job.onProgress?.({ ...done });
  };
}
