import type { DifferenceReason } from './content.ts';
import { csvText } from './csv.ts';
import type { MissingFile } from './plan.ts';

/** What the customer reads about a file or row that is not in the export. */
const MISSING_SENTENCES = {
  gone: 'The file is listed in the database but is no longer in the file storage.',
  unreadable: 'The file is in the storage but could not be read.',
  outside_root: 'The database points to a place that does not belong to this account.',
  changed_while_reading: 'The file kept changing while it was read.',
  gone_since_plan: 'It was deleted from the account after the export was begun.',
  added_since_plan: 'It was added to the account after the export was begun.',
} satisfies Record<DifferenceReason, string>;

/** `missing.csv`: one row for each file, or row of a table, that is not in the export. */
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
