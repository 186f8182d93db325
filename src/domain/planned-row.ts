import type { RowKey } from './content.ts';
import type { Stretch } from './plan.ts';

/** A file as it was when the plan was made; its path is fixed from then on. */
export type PlannedFile = {
  key: RowKey;
  path: string;
  fileId: string;
  name: string;
  jobId: string | null;
  candidateId: string | null;
};

/** The path of a file whose one copy lies elsewhere in the export: it is known, and not put in again. */
export const ELSEWHERE = '';

/** A row of a data set is known by its key. */
export type PlannedRow = { key: RowKey };

/** Where the rows of a stretch are kept, so that it is known to the row what an export was to hold. */
export function plannedRowsBlob(exportId: string, list: Stretch['list'], volume: number): string {
  return `${exportId}/planned/${list}-${volume}.gz`;
}

export function plannedLine(row: PlannedRow | PlannedFile): string {
  if (!('path' in row)) return `${JSON.stringify([row.key])}\n`;
  const { key, path, fileId, name, jobId, candidateId } = row;
  return `${JSON.stringify([key, path, fileId, name, jobId, candidateId])}\n`;
}

/** Reads what `plannedLine` wrote. */
export function readPlannedLine(line: string): PlannedFile {
  const [key, path, fileId, name, jobId, candidateId] = JSON.parse(line);
  return { key, path, fileId, name, jobId, candidateId };
}
