import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleSource } from '../support/sample.ts';
import { hasTool, testWithPassword } from '../support/zip-tools.ts';

const PROGRAM = fileURLToPath(new URL('../support/export-program.ts', import.meta.url));
let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-command-'));
  out = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Ran = { code: number; stdout: string; stderr: string };

async function run(...args: string[]): Promise<Ran> {
  const { sourceFile } = await sampleSource();
  return await new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, sourceFile, ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

const exported = (...more: string[]) => run('export', '--account', 'acme', '--out', out, ...more);

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
    expect((await run('verify', out)).stdout).toMatch(/Everything is in order/);
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
    [['--part-size', '0'], /^A ZIP can be from 1 MB to 3\.9 GB; .*\n$/],
    [['--part-size', '5GB'], /^A ZIP can be from 1 MB to 3\.9 GB; .*\n$/],
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
    expect((await run('verify', out)).code).toBe(0);
  });
});

describe('waybill verify', () => {
  beforeEach(async () => {
    await exported('--part-size', '1MB');
  });
  const aZip = async () =>
    join(out, (await readdir(out)).find((name) => name.includes('cvs')) ?? '');

  test('finds a folder and a links CSV in order', async () => {
    const ofFolder = await run('verify', out);
    expect(ofFolder.code).toBe(0);
    expect(ofFolder.stdout).toMatch(
      /^ok {2}acme-data-001\.zip\n[\s\S]*Everything is in order\. \d+ files? could not be exported; see missing\.csv\.\n$/,
    );
    const ofCsv = await run('verify', join(out, 'links.csv'), '--json');
    expect(JSON.parse(ofCsv.stdout)).toMatchObject({ ok: true });
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['gone', async () => rm(await aZip()), /It is not there; download it/],
    [
      'cut short',
      async () => truncate(await aZip(), 500),
      /It has 500 bytes instead of \d+; download it again/,
    ],
    [
      'damaged',
      async () => {
        const zip = await aZip();
        const bytes = await readFile(zip);
        bytes.fill(0, 2_000, 2_100);
        await writeFile(zip, bytes);
      },
      /Its SHA-256 is not the one in the list[\s\S]*its content is damaged/,
    ],
    [
      'another missing.csv',
      async () => writeFile(join(out, 'missing.csv'), 'x'),
      /missing\.csv: Its SHA-256/,
    ],
  ])('says what is wrong when a file is %s', async (_, damage, problem) => {
    await damage();
    const { code, stdout, stderr } = await run('verify', out);
    expect(code).toBe(1);
    expect(stdout).toMatch(problem);
    expect(stderr).toMatch(/^1 of \d+ files are not in order\.\n$/);
    expect(JSON.parse((await run('verify', out, '--json')).stdout)).toMatchObject({ ok: false });
  });

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'nothing',
      async () => join(folder, 'nowhere'),
      /^There is no .*nowhere; give the folder .*\n$/,
    ],
    [
      'a folder without a manifest',
      async () => folder,
      /^There is no manifest\.json in .*; download it too\.\n$/,
    ],
    [
      'a damaged manifest',
      () => forge('manifest.json', '{"format":"waybill-manifest/1","parts":[{"name":"../x"}]}'),
      /is damaged, or not a manifest/,
    ],
    [
      'a damaged links CSV',
      async () => join(await forge('links.csv', 'a,b\n1'), 'links.csv'),
      /is damaged, or not a links CSV/,
    ],
    [
      'a links CSV with paths',
      async () =>
        join(
          await forge('links.csv', `part,file_name,size_bytes,sha256\n1,../x,1,${'a'.repeat(64)}`),
          'links.csv',
        ),
      /not a links CSV/,
    ],
  ])('refuses %s in one sentence', async (_, path, sentence) => {
    const { code, stderr } = await run('verify', await path());
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
  });

  async function forge(name: string, content: string): Promise<string> {
    await writeFile(join(out, name), content);
    return out;
  }
});
