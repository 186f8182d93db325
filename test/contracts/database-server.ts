import { execFile as execFileOf } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSourceFile } from '../../src/adapters/ats/open-source.ts';
import { trySource } from '../../src/adapters/ats/try-source.ts';
import { DATA_SETS } from '../../src/domain/content.ts';
import { csvRow } from '../../src/domain/csv.ts';
import { reportText } from '../../src/domain/source-report.ts';
import type { Source } from '../../src/ports/source.ts';
import type { DatabaseServer } from '../support/database-server.ts';
import { bytesOf, makeSample, removeSample, type Sample } from '../support/sample.ts';
import { loadSample } from '../support/sample-in-database.ts';
import { describeAts } from './ats.ts';
import { describeChanges, run } from './database-changes.ts';
import { describeSource } from './source.ts';

/** More rows than the first pages have. */
const SIZE = { candidates: 300, bytesPerFile: 4_000 };
const ALL = { jobs: null, from: null, to: null };
const WHOLE = { after: null, upTo: null };

const WIRE = new URL('../../src/wire-source.ts', import.meta.url).href;
const execFile = promisify(execFileOf);

/** A server that holds the sample, and the source file that reads it from there. */
export type ServerUnderTest = { server: DatabaseServer; sample: Sample; file: string };

/** All contracts on a database server, and that it gives what SQLite gives, byte for byte. */
export function describeServer(
  name: string,
  kind: 'postgres' | 'mysql',
  isInstalled: boolean,
  start: () => Promise<DatabaseServer>,
  more: (made: () => ServerUnderTest) => void,
): void {
  describe.skipIf(!isInstalled)(name, () => {
    let server: DatabaseServer;
    let sample: Sample;
    let file: string;
    beforeAll(async () => {
      [server, sample] = await Promise.all([start(), makeSample(SIZE)]);
      file = await loadSample(sample, kind, server.url);
    }, 60_000);
    afterAll(async () => {
      await removeSample(sample);
      await server.close();
    });

    async function make() {
      const opened = await openSourceFile(file);
      return {
        ...opened,
        dir: sample.dir,
        bytesOf: (accountId: string, path: string) => bytesOf(sample, accountId, path),
        remove: () => opened.ats.close(),
      };
    }
    describeAts(name, make);
    describeSource(name, make);

    test('the CSVs and lists of files have the bytes of those from SQLite', async () => {
      const { ats, source } = await openSourceFile(file);
      for (const accountId of ['acme', 'globex']) {
        for (const dataSet of DATA_SETS) {
          const csv = await csvOf(source, accountId, dataSet);
          expect(csv.length).toBeGreaterThan(100);
          expect(csv).toBe(await csvOf(sample.source, accountId, dataSet));
        }
        for (const section of ['attachments', 'cvs'] as const) {
          const files = await Array.fromAsync(source.files(accountId, section, ALL, WHOLE));
          expect(files).toEqual(
            await Array.fromAsync(sample.source.files(accountId, section, ALL, WHOLE)),
          );
        }
      }
      await ats.close();
    });

    describeChanges(kind, () => ({ server, sample, file }));
    more(() => ({ server, sample, file }));

    test('the doctor finds everything in order, and every list in an index', async () => {
      const report = await trySource(file, {}, null);
      const text = reportText(report);
      expect(text).toContain('Everything that an export needs is in order.');
      // The sample has no index of addresses in lower case there.
      const scanned = report.queries.filter(({ access }) => access !== 'index');
      expect(scanned.map(({ query, access }) => `${query}: ${access}`)).toEqual([
        'queries.people: full scan',
      ]);
      expect(report.files.tried).toBe(10);
    });

    test('the doctor names a full scan', async () => {
      const yaml = await readFile(file, 'utf8');
      const slow = join(sample.dir, 'slow.yaml');
      await run(kind, server.url, 'create table no_index as select * from tasks');
      const text = yaml.replace('from tasks where', 'from no_index where');
      await writeFile(slow, text);
      const notes = reportText(await trySource(slow, {}, null));
      expect(notes).toMatch(/data\.Tasks: reads all of no_index \(full scan\); an index on/);
    });

    test('opens in a program of its own, with secrets from the environment', async () => {
      const yaml = await readFile(file, 'utf8');
      const secret = join(sample.dir, 'secret.yaml');
      await writeFile(
        secret,
        yaml.replace(server.url, server.url.replace('127.0.0.1', '\u0024{ATS_HOST}')),
      );
      const program = `const { openSourceFile } = await import(${JSON.stringify(WIRE)});
        const { ats } = await openSourceFile(process.argv[1]);
        console.log((await ats.account('acme')).name);
        await ats.close();`;
      const args = ['--input-type=module', '-e', program, secret];
      const { stdout } = await execFile(process.execPath, args, { env: { ATS_HOST: '127.0.0.1' } });
      expect(stdout).toBe('Acme Recruiting\n');
    });

    test('nothing can be written, whatever a query says', async () => {
      const yaml = await readFile(file, 'utf8');
      const changed = join(sample.dir, 'writing.yaml');
      const writing = yaml.replace(/ {2}jobs: select.*/, '  jobs: "delete from jobs"');
      expect(writing).not.toBe(yaml);
      await writeFile(changed, writing);
      await expect(openSourceFile(changed)).rejects.toThrow(/queries\.jobs failed: /);
    });
  });
}

async function csvOf(
  source: Source,
  accountId: string,
  dataSet: (typeof DATA_SETS)[number],
): Promise<string> {
  let csv = csvRow(source.columns(dataSet));
  for await (const row of source.rows(accountId, dataSet, ALL, WHOLE)) csv += csvRow(row.values);
  return csv;
}
