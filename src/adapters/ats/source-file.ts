import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { withPreset } from './preset.ts';
import { problemAt, SourceProblem } from './source-problem.ts';
import { fillSecrets, type SecretOf } from './source-secrets.ts';
import { type SourceFileShape, sourceFile } from './source-shape.ts';

export type { ListQuery } from './source-shape.ts';

/** A source file that was read and found in order; paths are absolute, secrets are in their places. */
export type SourceDescription = Pick<SourceFileShape, 'queries' | 'data' | 'files'> & {
  /** The path of the source file, for messages. */
  file: string;
  database: DatabaseAt;
  storage: { kind: 'folder'; folder: string } | ({ kind: 'azure' } & AzureFiles);
  /** How temporary access is given; absent when it is not. */
  access?: { database: DatabaseAt; grant: string; revoke: string; list: string };
};

type DatabaseAt = { kind: 'sqlite'; path: string } | { kind: 'postgres' | 'mysql'; url: string };

/** A container of Azure Blob Storage that holds the files of the ATS. */
export type AzureFiles = {
  container: string;
  /** What the names of an account's files begin with; may hold `{account}`. */
  prefix: string;
} & ({ connectionString: string } | { account: string; endpoint?: string });

/**
 * Reads a source file (YAML).
 * @param secretOf what `${NAME}` stands for
 * @throws SourceProblem naming file, line and key.
 */
export function readSourceFile(
  file: string,
  secretOf: SecretOf = () => undefined,
): SourceDescription {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const what = broken.message.split(/ at line|\n/)[0];
    throw new SourceProblem(`${file}, line ${broken.linePos?.[0].line ?? 1}: ${what}.`);
  }
  const own = withPreset(document.toJS() ?? {});
  const result = sourceFile.safeParse(own);
  if (!result.success)
    throw new SourceProblem(problemAt(file, document, lines, result.error.issues[0]));
  const filled = fillSecrets(result.data, secretOf, (keys, what) => {
    throw new SourceProblem(
      problemAt(file, document, lines, { path: keys, message: what, code: 'custom' }),
    );
  });
  const { database, storage, access, queries, data, files } = filled;
  const folder = path.dirname(path.resolve(file));
  return {
    file,
    database: databaseOf(folder, database),
    storage: storageOf(folder, storage),
    ...(access && {
      access: { ...access, database: databaseOf(folder, access.database ?? database) },
    }),
    queries,
    data,
    files,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SourceProblem(`The source file ${file} cannot be read; check SOURCE.`, { cause });
  }
}

function databaseOf(
  folder: string,
  { sqlite, postgres, mysql = '' }: SourceFileShape['database'],
): SourceDescription['database'] {
  if (sqlite) return { kind: 'sqlite', path: path.resolve(folder, sqlite) };
  if (postgres) return { kind: 'postgres', url: postgres };
  return { kind: 'mysql', url: mysql.replace(/^mariadb:/, 'mysql:') };
}

function storageOf(
  from: string,
  { folder, azure }: SourceFileShape['storage'],
): SourceDescription['storage'] {
  if (!azure) return { kind: 'folder', folder: path.resolve(from, folder ?? '') };
  const { container, prefix, connection_string: connectionString, account, endpoint } = azure;
  const place = { kind: 'azure' as const, container, prefix };
  if (connectionString) return { ...place, connectionString };
  return { ...place, account: account ?? '', ...(endpoint && { endpoint }) };
}
