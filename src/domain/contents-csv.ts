import type { SourceFile } from './content.ts';
import { csvRow } from './csv.ts';

/** Header of the contents CSV, which ties each path of a part to job, candidate and file. */
export const CONTENTS_COLUMNS = [
  'path',
  'section',
  'job_id',
  'job_title',
  'candidate_id',
  'candidate_name',
  'file_id',
  'original_name',
  'size_bytes',
  'crc32',
];

export function contentsRow(
  path: string,
  file: SourceFile,
  sizeBytes: number,
  crc32: number,
): string {
  return csvRow([
    path,
    file.section,
    file.jobId,
    file.jobTitle,
    file.candidateId,
    file.candidateName,
    file.fileId,
    file.name,
    sizeBytes,
    crc32.toString(16).padStart(8, '0'),
  ]);
}
