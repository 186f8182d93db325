import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { ForeignRow } from '../../src/domain/failure.ts';
import { planBlob } from '../../src/domain/plan.ts';
import { buildPart } from '../../src/flow/build-part.ts';
import { planExport } from '../../src/flow/plan-export.ts';
import type { ExportStore } from '../../src/ports/export-store.ts';
import {
  createMemorySource,
  memoryFiles as files,
  memoryRows as rows,
} from '../support/memory-source.ts';
import { build, jobOf, NOW } from '../support/pipeline.ts';
import { readZip } from '../support/zips.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-failures-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const visible = async () => createFolderExportStore({ root }).list('e1/');

describe('a row of another account', () => {
  const foreign = 'globex';

  test('in a data set stops the planning and names list and key, never content', async () => {
    const secret = { accountId: foreign, key: [3], values: ['secret name', 'secret'] };
    const source = createMemorySource({ rows: { Tasks: [...rows(3), secret] } });
    const failing = build(root, source);
    await expect(failing).rejects.toThrow(ForeignRow);
    await expect(failing).rejects.toMatchObject({ reason: 'foreign_row', list: 'Tasks', key: [3] });
    await expect(failing).rejects.toThrow(/Tasks.*\[3\]/);
    await expect(failing).rejects.not.toThrow(/secret|globex/);
    expect(await visible()).toEqual([]);
  });

  test('among the files stops the planning', async () => {
    const source = createMemorySource({
      files: [...files(2), ...files(1, { fileId: 'x', accountId: foreign })],
    });
    await expect(build(root, source)).rejects.toMatchObject({
      list: 'cvs',
      key: ['j1', 'c1', 'x'],
    });
  });

  test('that turns up after the planning stops the building, and no ZIP is visible', async () => {
    const source = createMemorySource({ files: files(5) });
    const job = jobOf(root, source, { sections: ['cvs'] });
    const plan = await planExport({ ...job, now: NOW });
    Object.assign(source.account.files?.[3] ?? {}, { accountId: foreign });
    const [part] = plan.parts;
    if (!part) throw new Error('no part');
    await expect(buildPart({ ...job, plan, part, onProgress: () => {} })).rejects.toThrow(
      ForeignRow,
    );
    expect(await visible()).toEqual(['e1/plan.json', 'e1/planned/cvs-1.gz']);
  });
});

test('a data set larger than a part goes on in the next one, with its header', async () => {
  const source = createMemorySource({ rows: { Audit_Logs: rows(500), Users: rows(3) } });
  const { receipts } = await build(root, source, { sections: ['data'], partSizeBytes: 20_000 });
  expect(receipts.length).toBeGreaterThan(2);
  const volumes = new Map<string, Buffer>();
  for (const { name } of receipts) {
    for (const [path, content] of await readZip(join(root, 'e1', name))) volumes.set(path, content);
  }
  const audit = [...volumes].filter(([path]) => path.includes('Audit_Logs'));
  expect(audit.map(([path]) => path).slice(0, 2)).toEqual([
    'Data Files/Audit_Logs.csv',
    'Data Files/Audit_Logs_2.csv',
  ]);
  const ids = audit.flatMap(([, content]) =>
    parse(content, { bom: true, columns: true }).map((row) => Object(row).id),
  );
  expect(ids).toEqual(rows(500).map((_, n) => String(n)));
  const viewer = ['index.html', 'Viewer/Candidates.js', 'Viewer/Jobs.js'];
  for (const path of viewer) expect(volumes.has(path), path).toBe(true);
  expect(volumes.size).toBe(9 + audit.length + viewer.length);
});

test('a source that cannot be read is said in its own words', async () => {
  const source = createMemorySource({});
  source.totals = async () => {
    throw new Error('The database file is gone; correct database.sqlite.');
  };
  await expect(build(root, source)).rejects.toMatchObject({
    reason: 'source_unreadable',
    message: 'The database file is gone; correct database.sqlite.',
  });
});

test('a list that does not keep the files of a candidate together is refused with what to do', async () => {
  const mixed = files(6).map((file, n) => ({ ...file, key: [n], candidateId: `c${n % 2}` }));
  await expect(build(root, createMemorySource({ files: mixed }))).rejects.toMatchObject({
    reason: 'source_unreadable',
    message: expect.stringContaining('begin its key with job and candidate'),
  });
  expect(await visible()).toEqual([]);
});

test('a cancelled export stops at once and leaves finished parts only', async () => {
  const stop = new AbortController();
  const source = createMemorySource({ files: files(100) });
  const onProgress = ({ parts }: { parts: { done: number } }) => parts.done === 2 && stop.abort();
  const failing = build(
    root,
    source,
    { sections: ['cvs'], partSizeBytes: 20_000 },
    { signal: stop.signal, onProgress },
  );
  await expect(failing).rejects.toMatchObject({ reason: 'cancelled' });
  expect((await visible()).filter((name) => name.endsWith('.zip'))).toHaveLength(2);
});

test('a full disk is said, finished parts stay, and the export goes on when there is room', async () => {
  const source = createMemorySource({ files: files(100) });
  const options = { sections: ['cvs' as const], partSizeBytes: 20_000 };
  const folder = createFolderExportStore({ root });
  let room = 3;
  const store: ExportStore = {
    ...folder,
    create: async (name, meta) => {
      const blob = await folder.create(name, meta);
      if (!name.endsWith('.zip') || room-- > 0) return blob;
      const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return { ...blob, write: () => Promise.reject(full) };
    },
  };
  await expect(build(root, source, options, { store })).rejects.toMatchObject({
    reason: 'disk_full',
    message: 'The disk is full.',
  });
  expect((await visible()).filter((name) => name.endsWith('.zip'))).toHaveLength(3);
  const { receipts } = await build(root, source, options);
  expect(receipts.reduce((sum, { entries }) => sum + entries, 0)).toBe(100);
});

test('the plan survives in the store, small however many files there are', async () => {
  const source = createMemorySource({ files: files(3_000) });
  const job = jobOf(root, source, { sections: ['cvs'] });
  const plan = await planExport({ ...job, now: NOW });
  const stored = await readFile(join(root, planBlob('e1')), 'utf8');
  expect(JSON.parse(stored)).toEqual(plan);
  expect(stored.length).toBeLessThan(2_000);
});

test('an account with nothing in it is an export with ten empty tables', async () => {
  const { receipts, manifest } = await build(root, createMemorySource({}));
  expect(receipts.map(({ name, entries }) => [name, entries])).toEqual([['acme-data-001.zip', 10]]);
  expect(manifest.missing).toEqual([]);
});
