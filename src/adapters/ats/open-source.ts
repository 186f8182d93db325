import type { Ats } from '../../ports/ats.ts';
import type { FileRoot, Source } from '../../ports/source.ts';
import { createSource, openLists } from './content.ts';
import type { Database, Notice } from './database.ts';
import { openAts } from './directory.ts';
import { createFileOpener } from './files.ts';
import { type AzureFiles, readSourceFile, type SourceDescription } from './source-file.ts';
import { SourceProblem } from './source-problem.ts';
import type { SecretOf } from './source-secrets.ts';
import { openSqlite } from './sqlite.ts';

/** What a source needs from outside its folder. */
export type SourceServices = {
  /** What `${NAME}` in a source file stands for. */
  secretOf?: SecretOf;
  /** Files in Azure; whoever has no such source need not bring it. */
  openAzure?: (files: AzureFiles) => Promise<FileRoot>;
  notice?: Notice;
};

/** The ATS behind a source file. Closing `ats` closes the database of both. */
export type OpenedSource = { ats: Ats; source: Source };

/**
 * Opens the ATS that a source file (YAML) describes, and tries every query once.
 * @throws SourceProblem, a sentence that says what is wrong and where.
 */
export async function openSourceFile(
  file: string,
  services: SourceServices = {},
): Promise<OpenedSource> {
  const { description, database, root } = await openParts(file, services);
  return orClose(database, async () => ({
    ats: await openAts(description, database),
    source: createSource(await openLists(description, database), database, root),
  }));
}

/** A source file with its database and files, opened; for those who look at it more closely. */
export type SourceParts = { description: SourceDescription; database: Database; root: FileRoot };

/** @throws SourceProblem */
export async function openParts(
  file: string,
  { secretOf, openAzure, notice = () => {} }: SourceServices,
): Promise<SourceParts> {
  const description = readSourceFile(file, secretOf);
  const database = await openDatabase(description, notice);
  return orClose(database, async () => ({
    description,
    database,
    root: await openRoot(description, openAzure),
  }));
}

/** Drivers are loaded only for who has such a database. */
async function openDatabase(
  { file, database }: SourceDescription,
  notice: Notice,
): Promise<Database> {
  if (database.kind === 'sqlite') return openSqlite(file, database.path);
  if (database.kind === 'postgres') {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(file, database.url, notice);
  }
  const { openMysql } = await import('./mysql.ts');
  return openMysql(file, database.url, notice);
}

async function openRoot(
  { file, storage }: SourceDescription,
  openAzure: SourceServices['openAzure'],
): Promise<FileRoot> {
  if (storage.kind === 'folder') return { open: createFileOpener(storage.folder) };
  if (!openAzure) throw new SourceProblem(`${file}: files in Azure cannot be read here.`);
  return openAzure(storage);
}

async function orClose<T>(database: Database, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await database.close();
    throw error;
  }
}
