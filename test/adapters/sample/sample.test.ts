import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSourceFile } from '../../../src/adapters/ats/open-source.ts';
import { ensureSample, generateSample } from '../../../src/adapters/sample/sample.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'waybill-samples-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const SIZE = { candidates: 60, bytesPerFile: 20_000, today: '2026-11-20' };

/** SHA-256 of every file below a folder, by its path. */
async function hashesOf(dir: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    hashes[relative(dir, file)] = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  }
  return hashes;
}

test('the same arguments give the same bytes, other arguments give others', async () => {
  const [one, two, later] = ['one', 'two', 'later'].map((name) => join(parent, name));
  if (!one || !two || !later) throw new Error('No folders.');
  const made = await generateSample({ dir: one, ...SIZE });
  await generateSample({ dir: two, ...SIZE });
  const hashes = await hashesOf(one);
  expect(await hashesOf(two)).toEqual(hashes);
  expect(Object.keys(hashes).length).toBe((made.made?.files ?? 0) + 4);
  expect(Object.keys(hashes).filter((name) => /sqlite-|\.part$/.test(name))).toEqual([]);
  await generateSample({ dir: later, ...SIZE, today: '2026-11-21' });
  expect((await hashesOf(later))['ats.sqlite']).not.toBe(hashes['ats.sqlite']);
});

test('no two files are the same, except for the empty ones', async () => {
  await generateSample({ dir: join(parent, 'one'), ...SIZE });
  const { 'ats.sqlite': _, ...hashes } = await hashesOf(join(parent, 'one'));
  const empty = createHash('sha256').digest('hex');
  const full = Object.values(hashes).filter((hash) => hash !== empty);
  expect(new Set(full).size).toBe(full.length);
  expect(Object.values(hashes).length - full.length).toBe(4);
});

test('the same sample is not made twice, another day counts only when it is named', async () => {
  const dir = join(parent, 'one');
  await generateSample({ dir, ...SIZE });
  expect((await generateSample({ dir, ...SIZE })).made).toBeNull();
  expect((await generateSample({ dir, ...SIZE, today: undefined })).made).toBeNull();
  const other = { ...SIZE, today: '2026-11-21' };
  await expect(generateSample({ dir, ...other })).rejects.toThrow(
    /holds a sample made with other arguments \(60 candidates, 20000 bytes a file, as of 2026-11-20\)/,
  );
  expect((await ensureSample({ dir, ...other })).made).toBeNull();
});

test('a sample that was broken off is made anew', async () => {
  const dir = join(parent, 'one');
  const broken = generateSample({
    dir,
    ...SIZE,
    onProgress: () => {
      throw new Error('The machine went down.');
    },
  });
  await expect(broken).rejects.toThrow('The machine went down.');
  expect(existsSync(join(dir, 'source.yaml'))).toBe(false);
  expect(existsSync(join(dir, 'ats.sqlite'))).toBe(true);
  await writeFile(join(dir, 'files', 'left-over'), 'of the first try');
  expect((await ensureSample({ dir, ...SIZE })).made).not.toBeNull();
  await generateSample({ dir: join(parent, 'two'), ...SIZE });
  expect(await hashesOf(dir)).toEqual(await hashesOf(join(parent, 'two')));
});

test('a sample of an older generator is made anew by ensureSample only', async () => {
  const dir = join(parent, 'one');
  await generateSample({ dir, ...SIZE });
  const marker = join(dir, 'sample.json');
  await writeFile(marker, (await readFile(marker, 'utf8')).replace('"format":2', '"format":1'));
  await expect(generateSample({ dir, ...SIZE })).rejects.toThrow(
    /sample of another version of Waybill/,
  );
  expect((await ensureSample({ dir, ...SIZE })).made).not.toBeNull();
});

test('a folder that holds anything else is refused and left alone', async () => {
  const dir = join(parent, 'mine');
  await mkdir(dir);
  await writeFile(join(dir, 'thesis.txt'), 'years of work');
  await expect(generateSample({ dir, ...SIZE })).rejects.toThrow(
    /mine holds other files; choose an empty folder/,
  );
  await expect(ensureSample({ dir, ...SIZE })).rejects.toThrow(/holds other files/);
  expect(await readdir(dir)).toEqual(['thesis.txt']);
  await expect(generateSample({ dir: join(dir, 'thesis.txt'), ...SIZE })).rejects.toThrow(
    /is not a folder/,
  );
});

test('an empty folder is used', async () => {
  await mkdir(join(parent, 'empty'));
  expect((await generateSample({ dir: join(parent, 'empty'), ...SIZE })).made).not.toBeNull();
});

test.each([
  [{ candidates: 0 }, /from 1 to 9,999,999 candidates/],
  [{ candidates: 1.5 }, /from 1 to 9,999,999 candidates/],
  [{ bytesPerFile: -1 }, /from 0 to 100,000,000 bytes/],
  [{ today: 'tomorrow' }, /tomorrow is not a date/],
  [{ today: '2026-02-31' }, /2026-02-31 is not a date/],
])('%j is refused', async (wrong, message) => {
  await expect(generateSample({ dir: join(parent, 'x'), ...SIZE, ...wrong })).rejects.toThrow(
    message,
  );
  expect(existsSync(join(parent, 'x'))).toBe(false);
});

test('the smallest sample can be read', async () => {
  const { sourceFile } = await generateSample({
    dir: join(parent, 'one'),
    candidates: 1,
    bytesPerFile: 1,
  });
  const { ats, source } = await openSourceFile(sourceFile);
  const totals = await source.totals('acme', { jobs: null, from: null, to: null });
  expect(totals.rows.Candidates).toBe(1);
  await ats.close();
});
