import type { Ats } from '../../ports/ats.ts';
import type { Source } from '../../ports/source.ts';
import { createSqliteSource } from './content.ts';
import { createSqliteAts } from './directory.ts';
import { readSourceFile } from './source-file.ts';
import { openSqlite } from './sqlite.ts';

/** The ATS behind a source file. Closing `ats` closes the database of both. */
export type OpenedSource = { ats: Ats; source: Source };

/**
 * Opens the ATS that a source file (YAML) describes, and tries every query once.
 * @throws SourceProblem, a sentence that says what is wrong and where.
 */
export function openSourceFile(file: string): OpenedSource {
  const description = readSourceFile(file);
  const database = openSqlite(file, description.sqlitePath);
  try {
    return {
      ats: createSqliteAts(description, database),
      source: createSqliteSource(description, database),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
