import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFolderExportStore } from '../../../src/adapters/folder/export-store.ts';
import { exportStoreContract } from '../../contracts/export-store.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-store-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

exportStoreContract('a folder', async () => {
  const own = await mkdtemp(join(tmpdir(), 'waybill-store-'));
  return {
    store: createFolderExportStore({ root: own }),
    close: () => rm(own, { recursive: true }),
  };
});

const META = { contentType: 'text/plain' };
const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('a folder', () => {
  test('hides what is unfinished, and has no URL of its own', async () => {
    const store = createFolderExportStore({ root });
    const blob = await store.create('e1/a.zip', META);
    await blob.write(Buffer.from('x'));
    expect(await readdir(root)).toEqual(['.waybill']);
    await blob.abort();
    expect(await filesIn(root)).toEqual([]);
    expect(await store.temporaryUrl('e1/a.zip', 'a.zip', 10)).toBeNull();
  });

  test('removes what a process left behind that is gone, and nothing of one that lives', async () => {
    const store = createFolderExportStore({ root });
    const unfinished = join(root, '.waybill', 'unfinished', 'e1');
    await mkdir(unfinished, { recursive: true });
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    const left = [
      `a.zip.${hostname()}.${gone}.0badcafe.1`,
      `a.zip.${hostname()}.${process.pid}.0badcafe.2`,
    ];
    const kept = [
      `a.zip.${hostname()}.${process.ppid}.0badcafe.3`,
      `a.zip.elsewhere.${gone}.0badcafe.4`,
      `b.zip.${hostname()}.${gone}.0badcafe.5`,
    ];
    for (const name of [...left, ...kept]) await writeFile(join(unfinished, name), 'x');
    const mine = await store.create('e1/a.zip', META);
    const other = await store.create('e1/a.zip', META);
    const names = await readdir(unfinished);
    expect(names).toEqual(expect.arrayContaining(kept));
    expect(names).toHaveLength(kept.length + 2);
    await mine.abort();
    await other.abort();
  });

  test('does not vouch for a file that was changed by hand', async () => {
    const store = createFolderExportStore({ root });
    await store.put('e1/a.txt', META, Buffer.from('four'));
    await writeFile(join(root, 'e1', 'a.txt'), 'longer');
    expect(await store.stat('e1/a.txt')).toEqual({ sizeBytes: 6, sha256: null });
  });

  test('with one export leaves its id out of the paths and keeps the plan out of sight', async () => {
    const store = createFolderExportStore({ root, layout: 'single' });
    for (const name of ['plan.json', 'a.zip', 'receipts/a.zip.json'])
      await store.put(`e1/${name}`, META, Buffer.from('x'));
    expect((await readdir(root)).sort()).toEqual(['.waybill', 'a.zip']);
    expect(await store.list('e1/')).toEqual(['e1/a.zip', 'e1/plan.json', 'e1/receipts/a.zip.json']);
    expect(await store.remove('e1/')).toEqual({ blobs: 3, bytes: 3 });
    expect(await filesIn(root)).toEqual([]);
  });

  test('that cannot be used says so in one sentence', async () => {
    await writeFile(join(root, 'file'), '');
    const store = createFolderExportStore({ root: join(root, 'file') });
    await expect(store.create('e1/a.zip', META)).rejects.toMatchObject({
      reason: 'store_unwritable',
      message: 'The folder of the exports cannot be used (ENOTDIR).',
    });
  });
});

const asRoot = (command: string, ...args: string[]) => spawnSync(command, args);

/** A file system of one megabyte, where this process may mount one. */
async function mountSmallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-disk-'));
  const mounted = asRoot('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
  if (mounted.status === 0) return folder;
  await rm(folder, { recursive: true });
  return null;
}

const disk = await mountSmallDisk();
if (!disk) console.warn('No small disk can be mounted here; the test of a full disk is skipped.');

test.skipIf(!disk)(
  'a full disk is said in one sentence, and nothing half-written stays',
  async () => {
    const folder = disk ?? '';
    try {
      const store = createFolderExportStore({ root: folder });
      await store.put('e1/small.txt', META, Buffer.from('fits'));
      const blob = await store.create('e1/a.zip', META);
      const filling = async () => {
        for (let n = 0; n < 3; n++) await blob.write(Buffer.alloc(500_000));
      };
      await expect(filling()).rejects.toMatchObject({
        reason: 'disk_full',
        message: 'The disk is full.',
      });
      await blob.abort();
      expect(await store.list('e1/')).toEqual(['e1/small.txt']);
      expect(await readdir(join(folder, '.waybill', 'unfinished', 'e1'))).toEqual([]);
      await store.put('e1/b.txt', META, Buffer.alloc(500_000));
      expect(await store.list('e1/')).toEqual(['e1/b.txt', 'e1/small.txt']);
    } finally {
      asRoot('umount', folder);
      await rm(folder, { recursive: true });
    }
  },
);
