import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROGRAM, runOnSample } from '../support/run-on-sample.ts';
import { sampleSource } from '../support/sample.ts';
import { hasTool, testWithPassword } from '../support/zip-tools.ts';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-command-'));
  out = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const exported = (...more: string[]) =>
  runOnSample('export', '--account', 'acme', '--out', out, ...more);

describe('waybill export', () => {
  test('puts ZIPs, links CSV, checksums and manifest into the folder, and says so in one line', async () => {
    const { code, stdout, stderr } = await exported('--part-size', '1MB');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Acme .*: \d+ files in \d+ ZIPs?, .* in .*out\n\d+ files? could not be exported; see missing\.csv\.\n$/,
    );
    const names = (await readdir(out)).sort();
    expect(names.filter((name) => !name.endsWith('.zip'))).toEqual([
      '.waybill',
      'SHA256SUMS',
      'links.csv',
      'manifest.json',
      'manifest.sig',
      'missing.csv',
    ]);
    const rows: Record<string, string>[] = parse(await readFile(join(out, 'links.csv')), {
      bom: true,
      columns: true,
    });
    expect(rows.map((row) => row.link)).toEqual(rows.map((row) => row.file_name));
    expect(rows).toHaveLength(names.length - 2);
  });

  test('encrypts with the password of a file, and says how to open the ZIPs', async () => {
    const file = join(folder, 'password');
    await writeFile(file, 'correct horse 7\n', { mode: 0o600 });
    const { stdout } = await exported('--sections', 'data', '--password-file', file);
    expect(stdout).toMatch(/encrypted with AES-256.*The Unarchiver cannot open them/);
    const zip = join(out, 'acme-data-001.zip');
    if (hasTool('7z')) testWithPassword(zip, 'correct horse 7');
    expect((await readFile(zip)).readUInt16LE(8)).toBe(99);
    const plain = await exported('--sections', 'data');
    expect(plain).toMatchObject({ code: 1, stderr: expect.stringMatching(/other options/) });
    await writeFile(file, 'another horse 8\n');
    const other = await exported('--sections', 'data', '--password-file', file);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringMatching(/another password/) });
    expect((await runOnSample('verify', out)).stdout).toMatch(/Everything is in order/);
  });

  test('goes on when it is run again with the same options, and only then', async () => {
    const first = JSON.parse((await exported('--json', '--sections', 'data')).stdout);
    const again = JSON.parse((await exported('--json', '--sections', 'data')).stdout);
    expect(again).toMatchObject({ ok: true, exportId: first.exportId, parts: first.parts });
    const other = await exported('--sections', 'cvs');
    expect(other).toMatchObject({ code: 1, stdout: '' });
    expect(other.stderr).toMatch(
      /^The folder .* holds an export of acme with other options; .*\n$/,
    );
  });

  test('takes jobs by id or title, also with a comma in it', async () => {
    const { ats } = await sampleSource();
    const jobs = await ats.jobs('acme');
    const withComma = jobs.find(({ title }) => title.includes(','));
    const byId = jobs.find(({ id }) => id !== withComma?.id);
    const wanted = `${withComma?.title.toUpperCase()}, ${byId?.id}`;
    await exported('--sections', 'cvs', '--jobs', wanted);
    const { options } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    expect(options.jobs).toEqual([byId?.id, withComma?.id].sort());
  });

  test.each([
    [['--account', 'nobody'], /^There is no account "nobody" in the ATS; check the id\.\n$/],
    [['--part-size', '0'], /^A ZIP can be from 1 MB to 4 GB; .*\n$/],
    [['--part-size', '5GB'], /^A ZIP can be from 1 MB to 4 GB; .*\n$/],
    [
      ['--part-size', 'big'],
      /^--part-size cannot be read: "big"\. Give a size such as 2GB or 500MB\.\n$/,
    ],
    [
      ['--from', '31.3.2026'],
      /^--from cannot be read: "31\.3\.2026"; give a date such as 2026-03-31\.\n$/,
    ],
    [['--to-date', '2026-02-30'], /^--to-date cannot be read: "2026-02-30"; .*\n$/],
    [
      ['--from', '2026-02-01', '--to-date', '2026-01-01'],
      /^--from 2026-02-01 is after --to-date 2026-01-01; .*\n$/,
    ],
    [
      ['--sections', 'data,photos'],
      /^There is no section "photos"; choose from data, attachments, cvs\.\n$/,
    ],
    [['--jobs', 'Astronaut'], /^There is no job "Astronaut" in this account; its jobs are .*\n$/],
    [['--out', '/dev/null/x'], /^The folder \/dev\/null\/x cannot be written to; .*\n$/],
  ])('refuses %j in one sentence and leaves nothing', async (args, sentence) => {
    const { code, stdout, stderr } = await exported(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(await readdir(folder)).toEqual([]);
  });

  test('refuses a folder with other things in it', async () => {
    await mkdir(out);
    await writeFile(join(out, 'diary.txt'), 'private');
    expect(await exported()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds other things (diary.txt)'),
    });
    expect(await readdir(out)).toEqual(['diary.txt']);
  });

  test('stops cleanly when it is interrupted, and goes on afterwards', async () => {
    const { sourceFile } = await sampleSource();
    const args = [
      PROGRAM,
      sourceFile,
      'export',
      '--account',
      'acme',
      '--out',
      out,
      '--part-size',
      '1MB',
    ];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, STOP_AFTER_FILES: '10' },
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: 'Stopped. Run the same command again to go on.\n',
    });
    expect(await readdir(out)).not.toContain('manifest.json');
    expect((await exported('--part-size', '1MB')).code).toBe(0);
    expect((await runOnSample('verify', out)).code).toBe(0);
  });
});
