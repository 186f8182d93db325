import type { MissingReason } from './content.ts';
import { csvText } from './csv.ts';
import type { MissingFile } from './plan.ts';

/** What the customer reads about a file that is not in the export. */
const MISSING_SENTENCES = {
  gone: 'The file is listed in the database but is no longer in the file storage.',
  unreadable: 'The file is in the storage but could not be read.',
  outside_root: 'The database points to a place that does not belong to this account.',
  changed_while_reading: 'The file kept changing while it was read.',
} satisfies Record<MissingReason, string>;

/** `missing.csv`: one row for each file that could not be exported. */
export function missingCsv(missing: readonly MissingFile[]): string {
  return csvText(
    ['section', 'file_id', 'file_name', 'job_id', 'candidate_id', 'reason', 'explanation'],
    missing.map((file) => [
      file.section,
      file.fileId,
      file.name,
      file.jobId,
      file.candidateId,
      file.reason,
      MISSING_SENTENCES[file.reason],
    ]),
  );
}
