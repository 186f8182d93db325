import type { SourceFile } from './content.ts';
import { csvRow } from './csv.ts';

/** The list of which files belong to which candidate and job, where each stored file is in the ZIPs once. */
export const APPLICATIONS = 'applications';

/** Header of `applications.csv`. */
export const APPLICATIONS_COLUMNS = [
  'job_id',
  'job_title',
  'candidate_id',
  'candidate_name',
  'section',
  'file_id',
  'original_name',
  'path',
];

/** A file of a job, and the path at which its one copy lies, perhaps in the folder of another job. */
export function applicationRow(file: SourceFile, path: string): string {
  return csvRow([
    file.jobId,
    file.jobTitle,
    file.candidateId,
    file.candidateName,
    file.section,
    file.fileId,
    file.name,
    path,
  ]);
}

export function applicationsPath(volume: number): string {
  return `Data Files/${APPLICATIONS}${volume > 1 ? `_${volume}` : ''}.csv`;
}
