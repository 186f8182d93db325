import { resolve } from 'node:path';
import type { Command } from 'commander';
import { sayCount } from '../domain/words.ts';
import { type VerifiedFile, verifyFiles } from '../flow/verify-export.ts';
import type { InspectZip } from '../ports/part-writer.ts';
import { readExpected } from './expected-files.ts';

/** `waybill verify`: is a download what the manifest, or the links CSV, says? */
export function registerVerify(program: Command, deps: { inspectZip: InspectZip }): void {
  program
    .command('verify')
    .description('check a download: presence, size, SHA-256 and inside of every ZIP')
    .argument('<path>', 'the folder of the download, or its links CSV')
    .option('--json', 'one JSON object for machines')
    .action((path: string, { json }: { json?: boolean }) =>
      runVerify(resolve(path), json ?? false, deps.inspectZip),
    );
}

async function runVerify(path: string, json: boolean, inspect: InspectZip): Promise<void> {
  const { folder, files, missing } = await readExpected(path);
  const verified: VerifiedFile[] = [];
  for await (const file of verifyFiles(folder, files, inspect)) {
    verified.push(file);
    if (!json) print(lineOf(file));
  }
  const bad = verified.filter((file) => file.problems.length).length;
  if (json) print(JSON.stringify({ ok: bad === 0, folder, files: verified, missing }));
  else if (bad === 0) print(allWell(missing));
  if (bad === 0) return;
  process.exitCode = 1;
  process.stderr.write(`${bad} of ${sayCount(files.length, 'file')} are not in order.\n`);
}

function lineOf({ name, problems }: VerifiedFile): string {
  return problems.length
    ? problems.map((text) => `NO  ${name}: ${text}`).join('\n')
    : `ok  ${name}`;
}

function allWell(missing: number | null): string {
  if (missing === 0) return 'Everything is in order.';
  const files = missing === null ? 'Some files' : sayCount(missing, 'file');
  return `Everything is in order. ${files} could not be exported; see missing.csv.`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
