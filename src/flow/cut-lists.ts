import {
  APPLICATIONS,
  APPLICATIONS_COLUMNS,
  applicationRow,
  applicationsPath,
} from '../domain/applications.ts';
import { createPaths, dataSetPath, supplementName } from '../domain/archive.ts';
import {
  type Amount,
  DATA_SETS,
  type FileSection,
  type SourceFile,
  type SourceTotals,
} from '../domain/content.ts';
import { contentsRow } from '../domain/contents-csv.ts';
import { csvHead, csvRow } from '../domain/csv.ts';
import {
  type CutLimits,
  type CutPart,
  type Cutter,
  createCutter,
  deflateBound,
  entryBytes,
} from '../domain/cut.ts';
import { ndjsonPath, ndjsonRow, rowSchema, schemaPath } from '../domain/ndjson.ts';
import type { ExportOptions } from '../domain/options.ts';
import { ELSEWHERE } from '../domain/planned-row.ts';
import { POLICY } from '../domain/policy.ts';
import type { FirstPlaces } from '../ports/first-places.ts';
import type { PlanExport } from './plan-export.ts';
import type { PlannedRowsWriter } from './planned-rows.ts';
import { dataRows, fileRows, type ListScope } from './read-lists.ts';
import { isWanted, type Wanted, wantedRows } from './wanted-rows.ts';

/** An export while its lists are read: what was counted, and where each row is written down. */
export type Cutting = PlanExport & {
  planned: SourceTotals;
  kept: PlannedRowsWriter;
  wanted: Wanted | null;
  supplement: number | null;
  once: Once | null;
};

/** For one copy of each stored file: where it is, and the list that ties candidates to jobs. */
export type Once = {
  places: FirstPlaces;
  cutter: Cutter;
  kept: PlannedRowsWriter;
  rows: number;
  /** Files that lie in the ZIPs under another job. */
  copies: Record<FileSection, Record<string, number>>;
};

export function createOnce(
  options: ExportOptions,
  places: FirstPlaces,
  kept: PlannedRowsWriter,
): Once {
  const cutter = createCutter('data', limitsOf(options));
  const head = Buffer.byteLength(csvHead(APPLICATIONS_COLUMNS));
  cutter.begin(APPLICATIONS, entryBytes(applicationsPath(LONGEST_VOLUME), head));
  return { places, cutter, kept, rows: 0, copies: { attachments: {}, cvs: {} } };
}

export async function cutData(job: Cutting): Promise<CutPart[]> {
  const { options } = job.order;
  const cutter = createCutter('data', limitsOf(options));
  for (const dataSet of DATA_SETS) {
    if (!isWanted(dataSet, job.wanted)) continue;
    const columns = job.source.columns(dataSet);
    cutter.begin(dataSet, headBytes(job, dataSet, columns));
    const rows = wantedRows(dataSet, (range) => dataRows(scopeOf(job), dataSet, range), job.wanted);
    for await (const { row } of rows) {
      const bytes = Buffer.byteLength(csvRow(row.values));
      const json = options.ndjson ? Buffer.byteLength(ndjsonRow(columns, row.values)) : 0;
      const zipBytes = deflateBound(bytes + json);
      const stretch = cutter.add({ key: row.key, bytes, zipBytes });
      await job.kept.add(stretch, { key: row.key });
      job.planned.rows[dataSet] += 1;
    }
  }
  return cutter.end();
}

/** What a data set adds to each part that it is in, before its first row. */
function headBytes(
  { order, supplement }: Cutting,
  dataSet: (typeof DATA_SETS)[number],
  columns: readonly string[],
): number {
  const csv = Buffer.byteLength(csvHead(columns));
  const path = dataSetPath(dataSet, LONGEST_VOLUME, supplement);
  if (!order.options.ndjson) return entryBytes(path, csv);
  const schema = Buffer.byteLength(rowSchema(dataSet, columns));
  return (
    entryBytes(path, csv) +
    entryBytes(ndjsonPath(dataSet, LONGEST_VOLUME, supplement), 0) +
    entryBytes(schemaPath(dataSet, supplement), schema)
  );
}

export async function cutFiles(job: Cutting, section: FileSection): Promise<CutPart[]> {
  const cutter = createCutter(section, limitsOf(job.order.options));
  const paths = createPaths();
  cutter.begin(section, 0);
  const files = wantedRows(section, (range) => fileRows(scopeOf(job), section, range), job.wanted);
  for await (const { row: file, was } of files) {
    const path = was?.path ?? paths.next(asCalled(file, job.supplement));
    const contents = Buffer.byteLength(contentsRow(path, file, file.sizeBytes, 0));
    const zipBytes = entryBytes(path, file.sizeBytes) + deflateBound(contents);
    const { key, fileId, name, jobId, candidateId } = file;
    const planned = { key, path, fileId, name, jobId, candidateId };
    if (job.once && (await isInAlready(job.once, file, path))) {
      await job.kept.add(cutter.pass(key), { ...planned, path: ELSEWHERE });
      continue;
    }
    const stretch = cutter.add({ key, bytes: file.sizeBytes, zipBytes });
    await job.kept.add(stretch, planned);
    addTo(job.planned.files[section], jobId ?? '', file.sizeBytes);
  }
  return cutter.end();
}

/**
 * What is stored in one place is one file, whoever refers to it. Two uploads of the same document are two files: to
 * know better, every byte of the account would have to be read before the first ZIP.
 */
async function isInAlready(once: Once, file: SourceFile, path: string): Promise<boolean> {
  const first = once.places.claim(`${file.section} ${file.path}`, path);
  const line = applicationRow(file, first ?? path);
  const bytes = Buffer.byteLength(line);
  once.rows += 1;
  const stretch = once.cutter.add({ key: [once.rows], bytes, zipBytes: deflateBound(bytes) });
  await once.kept.addLine(stretch, line);
  if (first === null) return false;
  const copies = once.copies[file.section];
  copies[file.jobId ?? ''] = (copies[file.jobId ?? ''] ?? 0) + 1;
  return true;
}

function asCalled(file: SourceFile, supplement: number | null): SourceFile {
  return supplement === null ? file : { ...file, name: supplementName(file.name, supplement) };
}

/** For measuring only: no data set fills a thousand parts. */
const LONGEST_VOLUME = 999;

function limitsOf(options: ExportOptions): CutLimits {
  return {
    partSizeBytes: Math.min(options.partSizeBytes, POLICY.maxPartBytes),
    maxEntries: POLICY.maxPartEntries,
  };
}

function scopeOf(job: PlanExport): ListScope {
  const { accountId, options } = job.order;
  return { source: job.source, accountId, options, signal: job.signal ?? NEVER };
}

const NEVER = new AbortController().signal;

function addTo(sums: Record<string, Amount>, job: string, bytes: number): void {
  const sum = sums[job] ?? { count: 0, bytes: 0 };
  sums[job] = { count: sum.count + 1, bytes: sum.bytes + bytes };
}
