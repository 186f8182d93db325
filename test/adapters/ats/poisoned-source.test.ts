import fs, { appendFileSync, truncateSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSourceFile } from '../../../src/adapters/ats/open-source.ts';
import type { SourceFile } from '../../../src/domain/content.ts';
import { ExportFailure } from '../../../src/domain/failure.ts';
import type { ExportOptions } from '../../../src/domain/options.ts';
import { planExport } from '../../../src/flow/plan-export.ts';
import type { Source } from '../../../src/ports/source.ts';
import { build, jobOf } from '../../support/pipeline.ts';
import { makeSample, removeSample, type Sample } from '../../support/sample.ts';
import { readZip } from '../../support/zips.ts';

const ALL = { jobs: null, from: null, to: null };
const WHOLE = { after: null, upTo: null };
const isWindows = process.platform === 'win32';

describe('a poisoned source', () => {
  let sample: Sample;
  let out: string;
  beforeEach(async () => {
    sample = await makeSample({ candidates: 20, bytesPerFile: 2_000 });
    out = await mkdtemp(join(tmpdir(), 'waybill-poisoned-'));
  });
  afterEach(async () => {
    await removeSample(sample);
    await rm(out, { recursive: true, force: true });
  });

  /** Writes into the database of the ATS. */
  function poison(sql: string, ...values: unknown[]): void {
    const database = new Database(join(sample.dir, 'ats.sqlite'));
    const { changes } = database.prepare(sql).run(...values);
    database.close();
    expect(changes).toBeGreaterThan(0);
  }

  async function someResume(): Promise<SourceFile> {
    for await (const file of sample.source.files('acme', 'cvs', ALL, WHOLE)) {
      if (file.sizeBytes > 500) return file;
    }
    throw new Error('The sample has no resume.');
  }

  async function failureOf(source: Source, options: Partial<ExportOptions> = {}) {
    const error = await build(out, source, options).catch((reason: unknown) => reason);
    if (!(error instanceof ExportFailure)) throw new Error(`not a failure: ${error}`);
    const names = await readdir(join(out, 'e1')).catch(() => []);
    // Without a manifest there is nothing to deliver.
    expect(names).not.toContain('manifest.json');
    return error;
  }

  async function missingOf(source: Source): Promise<Record<string, string>[]> {
    await build(out, source, { sections: ['cvs'] });
    return parse(await readFile(join(out, 'e1', 'missing.csv')), { bom: true, columns: true });
  }

  test('a row of another account stops the export, and says list and key only', async () => {
    const yaml = await readFile(sample.sourceFile, 'utf8');
    const file = join(sample.dir, 'joined.yaml');
    // The classical slip: the account is compared in one table of a join, and not in the other.
    const slip = yaml.replace(
      /from jobs j left join companies c on[^\n]*\n\s*where j\.account_id = :account/,
      'from jobs j left join companies c on c.id = j.company_id where c.account_id = :account',
    );
    expect(slip).not.toBe(yaml);
    await writeFile(file, slip);
    const { ats, source } = await openSourceFile(file);
    const { reason, message, nextStep } = await failureOf(source, { sections: ['data'] });
    expect(reason).toBe('foreign_row');
    expect(message).toMatch(
      /^The list (data\.)?Jobs (counts rows of other accounts|holds a row of another account \(key .*\))\.$/,
    );
    expect(nextStep).toBe(
      'Correct the SQL of this list in the source file before anything is exported.',
    );
    await ats.close();
  });

  test('a file of another account, named by a path, is not given out', async () => {
    const { fileId } = await someResume();
    poison(
      "update documents set path = '../globex/cvs/0000/C0000001-1.pdf' where account_id = 'acme' and id = ?",
      fileId,
    );
    const missing = await missingOf(sample.source);
    expect(missing.filter((row) => row.file_id === fileId)[0]).toMatchObject({
      reason: 'outside_root',
      explanation: 'The database points to a place that does not belong to this account.',
    });
  });

  test.skipIf(isWindows)('a link to a file of another account is not followed', async () => {
    const { path, fileId } = await someResume();
    const file = join(sample.dir, 'files', 'acme', path);
    await rm(file);
    await symlink(join(sample.dir, 'files', 'globex', 'cvs', '0000', 'C0000001-1.pdf'), file);
    const missing = await missingOf(sample.source);
    expect(missing.filter((row) => row.file_id === fileId)[0]).toMatchObject({
      reason: 'outside_root',
      explanation: 'The database points to a place that does not belong to this account.',
    });
  });

  test('a file of 5 GB that the database calls small stops the export with its name', async () => {
    const { path, fileId } = await someResume();
    truncateSync(join(sample.dir, 'files', 'acme', path), 5_000_000_000);
    const { reason, message, nextStep } = await failureOf(sample.source, { sections: ['cvs'] });
    expect(reason).toBe('file_too_large');
    expect(message).toBe(
      `The file ${fileId} of cvs is larger than 4 GB, but the database says 2.0 kB.`,
    );
    expect(nextStep).toMatch(/^Correct the size of this file in the database/);
  });

  test('a file of 5 GB of which the database knows gets a part of its own', async () => {
    const { fileId } = await someResume();
    poison(
      "update documents set size_bytes = 5000000000 where account_id = 'acme' and id = ?",
      fileId,
    );
    const { order, exportId, accountName, store } = jobOf(out, sample.source, {
      sections: ['cvs'],
    });
    const now = new Date();
    const plan = await planExport({
      order,
      exportId,
      accountName,
      source: sample.source,
      store,
      now,
    });
    const huge = plan.parts.filter((part) => part.zip64);
    expect(huge.length).toBeGreaterThan(0);
    expect(huge.map((part) => part.count)).toEqual(huge.map(() => 1));
  });

  test('a cell of 50 MB comes out whole', async () => {
    const cell = '語'.repeat(17_000_000);
    poison("update candidates set summary = ? where account_id = 'acme' and id = 'C0000007'", cell);
    await build(out, sample.source, { sections: ['data'] });
    const [zip = ''] = (await readdir(join(out, 'e1'))).filter((name) => name.endsWith('.zip'));
    const csv = String((await readZip(join(out, 'e1', zip))).get('Data Files/Candidates.csv'));
    // A parser of CSV would take half a minute.
    const cells = csv.split(',');
    expect(cells.filter((one) => one.length === cell.length).map((one) => one === cell)).toEqual([
      true,
    ]);
    expect(csv.match(/^C0000\d{3},/gm)).toHaveLength(20);
  }, 60_000);

  test('text that is no UTF-8 stops the export with its row', async () => {
    poison(
      "update candidates set name = cast(x'5a6fff' as text) where account_id = 'acme' and id = 'C0000007'",
    );
    const { reason, message } = await failureOf(sample.source, { sections: ['data'] });
    expect(reason).toBe('source_unreadable');
    expect(message).toMatch(
      /column name of data\.Candidates holds text that is no valid UTF-8, and no CSV could show it; correct it in the database, or use hex\(name\)\. It is the row with the key C0000007\.$/,
    );
  });

  test('the sign for unknown characters is a character like any other', async () => {
    poison("update candidates set name = 'Zo\uFFFD' where account_id = 'acme' and id = 'C0000007'");
    const rows = await Array.fromAsync(sample.source.rows('acme', 'Candidates', ALL, WHOLE));
    expect(rows[6]?.values).toContain('Zo\uFFFD');
  });

  test('a file that grows under our hands is listed with the reason', async () => {
    const { path, fileId } = await someResume();
    const source: Source = {
      ...sample.source,
      async open(file) {
        const content = await sample.source.open(file);
        if (file.fileId === fileId) {
          appendFileSync(join(sample.dir, 'files', 'acme', path), 'one more line');
        }
        return content;
      },
    };
    const missing = await missingOf(source);
    expect(missing.filter((row) => row.file_id === fileId)[0]).toMatchObject({
      reason: 'changed_while_reading',
      explanation: 'The file kept changing while it was read.',
    });
  });

  test.skipIf(isWindows)(
    'a folder that becomes a link between two looks leads nowhere',
    async () => {
      const { path, ...file } = await someResume();
      const acme = join(sample.dir, 'files', 'acme');
      const [folder = ''] = path.split('/');
      const theirs = join(sample.dir, 'files', 'globex', path);
      await mkdir(dirname(theirs), { recursive: true });
      await writeFile(theirs, 'of another account');
      const { open } = fs;
      const swapping = (...args: Parameters<typeof open>): void => {
        fs.renameSync(join(acme, folder), join(acme, 'aside'));
        fs.symlinkSync(join(sample.dir, 'files', 'globex', folder), join(acme, folder));
        open(...args);
      };
      try {
        Object.assign(fs, { open: swapping });
        syncBuiltinESMExports();
        const opening = sample.source.open({ ...file, path });
        await expect(opening).rejects.toMatchObject({ reason: 'outside_root' });
      } finally {
        Object.assign(fs, { open });
        syncBuiltinESMExports();
      }
    },
  );
});
