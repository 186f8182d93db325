import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InspectZip } from '../ports/part-writer.ts';

/** What a file of a download should be. */
export type ExpectedFile = {
  name: string;
  sizeBytes: number;
  sha256: string;
  /** Entries of a ZIP; null when it is not known, undefined for files that are no ZIPs. */
  entries?: number | null;
};

/** What was found; all is well when `problems` is empty. */
export type VerifiedFile = { name: string; problems: string[] };

/** Checks files one after the other: presence, size, SHA-256, and for ZIPs structure and number of entries. */
export async function* verifyFiles(
  folder: string,
  files: readonly ExpectedFile[],
  inspect: InspectZip,
): AsyncIterable<VerifiedFile> {
  for (const file of files) {
    yield { name: file.name, problems: await problemsOf(join(folder, file.name), file, inspect) };
  }
}

async function problemsOf(path: string, file: ExpectedFile, inspect: InspectZip) {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return ['It is not there; download it.'];
  if (found.size !== file.sizeBytes) {
    return [`It has ${found.size} bytes instead of ${file.sizeBytes}; download it again.`];
  }
  const problems: string[] = [];
  if ((await sha256Of(path)) !== file.sha256) {
    problems.push('Its SHA-256 is not the one in the list; download it again.');
  }
  if (file.entries === undefined) return problems;
  const report = await inspect(path);
  problems.push(...report.problems);
  if (!report.problems.length && file.entries !== null && report.entries !== file.entries) {
    problems.push(`It holds ${report.entries} files instead of ${file.entries}.`);
  }
  return problems;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}
