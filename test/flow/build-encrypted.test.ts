import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentOf } from '../../src/domain/links-csv.ts';
import { createMemorySource, memoryFiles } from '../support/memory-source.ts';
import { build } from '../support/pipeline.ts';
import { hasTool, testWithPassword } from '../support/zip-tools.ts';

const PASSWORD = 'correct horse 7';
const OPTIONS = { sections: ['cvs' as const], encrypted: true as const, partSizeBytes: 20_000 };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-encrypted-'));
});
afterEach(() => rm(root, { recursive: true }));

const source = createMemorySource({ files: memoryFiles(40) });
const parts = async () =>
  (await readdir(join(root, 'e1'))).filter((name) => name.endsWith('.zip')).sort();

test('every part is encrypted, and manifest and links CSV say how to open it', async () => {
  const { manifest, receipts } = await build(root, source, OPTIONS, { password: PASSWORD });
  expect(receipts.length).toBeGreaterThan(1);
  for (const part of manifest.parts) expect(part).toMatchObject({ encrypted: true, zip64: false });
  expect(manifest.notes.join()).toMatch(/7-Zip or WinRAR .*The Unarchiver cannot open/);
  for (const receipt of receipts) expect(contentOf(receipt)).toMatch(/not The Unarchiver/);
  if (!hasTool('7z')) return;
  for (const name of await parts()) testWithPassword(join(root, 'e1', name), PASSWORD);
});

test('the password is kept nowhere', async () => {
  await build(root, source, OPTIONS, { password: PASSWORD });
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  for (const file of names.filter((entry) => entry.isFile())) {
    const content = await readFile(join(file.parentPath, file.name));
    expect(content.includes(PASSWORD), file.name).toBe(false);
  }
});

test('a part whose receipt is gone is built again with the same bytes', async () => {
  await build(root, source, OPTIONS, { password: PASSWORD });
  const [, name = ''] = await parts();
  const before = await readFile(join(root, 'e1', name));
  await rm(join(root, 'e1', 'receipts', `${name}.json`));
  await rm(join(root, 'e1', name));
  await build(root, source, OPTIONS, { password: PASSWORD });
  expect((await readFile(join(root, 'e1', name))).equals(before)).toBe(true);
});

test('without a password, and with another one than before, nothing is built', async () => {
  await expect(build(root, source, OPTIONS)).rejects.toMatchObject({ reason: 'wrong_password' });
  expect(await readdir(root)).toEqual([]);
  await build(root, source, OPTIONS, { password: PASSWORD });
  await rm(join(root, 'e1', 'receipts'), { recursive: true });
  const other = build(root, source, OPTIONS, { password: 'correct horse 8' });
  await expect(other).rejects.toMatchObject({ reason: 'wrong_password' });
  await expect(other).rejects.toThrow(/another password/);
});
