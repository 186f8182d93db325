import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner } from '../../src/adapters/crypto/signer.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { buildExport } from '../../src/flow/build.ts';
import { buildPart } from '../../src/flow/build-part.ts';
import { finishExport } from '../../src/flow/finish-export.ts';
import { planExport } from '../../src/flow/plan-export.ts';
import {
  contentOf,
  createMemorySource,
  memoryFiles as files,
  memoryFile,
  memoryRows,
} from '../support/memory-source.ts';
import { build, jobOf, NOW } from '../support/pipeline.ts';
import { readZip } from '../support/zips.ts';

const signer = createSigner(Buffer.from('a secret of thirty-two characters'));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-failures-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const visible = async () => createFolderExportStore({ root }).list('e1/');

describe('data that changes during the export', () => {
  test('between counting and planning is counted again', async () => {
    const source = createMemorySource({ files: files(3) });
    const { totals } = source;
    let calls = 0;
    source.totals = async (...args) => {
      const before = await totals(...args);
      if (++calls === 1) source.account.files?.push(...files(1, { fileId: 'new' }));
      return before;
    };
    expect((await build(root, source)).receipts.at(-1)?.entries).toBe(4);
  });

  test('all the time is said', async () => {
    const source = createMemorySource({ files: files(3) });
    const { totals } = source;
    let calls = 0;
    source.totals = async (...args) => {
      const before = await totals(...args);
      source.account.files?.push(...files(1, { fileId: `new${++calls}` }));
      return before;
    };
    await expect(build(root, source)).rejects.toMatchObject({ reason: 'counts_differ' });
    expect(await visible()).not.toContain('e1/plan.json');
  });

  test('after the planning is explained file by file, and the export is delivered', async () => {
    const [first, ...rest] = files(5);
    const source = createMemorySource({ files: [...(first ? [first] : []), ...rest] });
    const job = jobOf(root, source, { sections: ['cvs'] });
    await planExport({ ...job, now: NOW });
    // One goes, one comes in the middle, and one comes after the last key of the plan.
    source.account.files?.splice(2, 1);
    source.account.files?.push(...files(1, { fileId: 'f0003b' }), ...files(1, { fileId: 'z' }));
    const { receipts, manifest, files: made } = await buildExport(job);
    expect(manifest.missing).toMatchObject([{ fileId: 'f0002', reason: 'gone_since_plan' }]);
    expect(manifest.added).toMatchObject([{ fileId: 'f0003b', reason: 'added_since_plan' }]);
    expect(manifest.counts).toEqual([
      { section: 'cvs', of: 'j1', database: 5, planned: 5, exported: 4, missing: 1, added: 1 },
    ]);
    expect(made.map(({ kind }) => kind)).toContain('missing');
    const list = await readFile(join(root, 'e1', 'missing.csv'), 'utf8');
    expect(list).toContain('deleted from the account after the export was begun');
    expect(list).toContain('added to the account after the export was begun');
    const entries = [...(await readZip(join(root, 'e1', receipts[0]?.name ?? ''))).keys()];
    expect(entries.map((path) => path.split('/').at(-1))).toEqual([
      'f0000.pdf',
      'f0001.pdf',
      'f0003.pdf',
      'f0004.pdf',
      'acme-cvs-001.csv',
      'acme-cvs-001.js',
    ]);
  });

  test('after the planning is explained row by row', async () => {
    const source = createMemorySource({
      rows: { Candidates: memoryRows(6), Tasks: memoryRows(2) },
    });
    const job = jobOf(root, source, { sections: ['data'] });
    await planExport({ ...job, now: NOW });
    const [row] = memoryRows(1);
    const candidates = source.account.rows?.Candidates ?? [];
    candidates.splice(3, 1);
    if (row) candidates.splice(2, 0, { ...row, key: [1.5], values: [99, 'new'] });
    if (row) candidates.push({ ...row, key: [100] });
    const { receipts, manifest } = await buildExport(job);
    expect(manifest.missing).toMatchObject([
      { section: 'data', name: 'Candidates.csv', fileId: '3', reason: 'gone_since_plan' },
    ]);
    expect(manifest.added).toMatchObject([{ fileId: '1.5', reason: 'added_since_plan' }]);
    const entries = await readZip(join(root, 'e1', receipts[0]?.name ?? ''));
    const rows = parse(entries.get('Data Files/Candidates.csv') ?? '', { bom: true });
    expect(rows.map(([id]: string[]) => id)).toEqual(['id', '0', '1', '2', '4', '5']);
  });

  test('leaves the names of files as they were planned, in every part', async () => {
    const source = createMemorySource({ files: files(60, { name: 'cv.pdf' }) });
    const options = { sections: ['cvs' as const], partSizeBytes: 20_000 };
    const job = jobOf(root, source, options);
    const plan = await planExport({ ...job, now: NOW });
    const [first] = plan.parts;
    if (!first) throw new Error('No part.');
    const { onProgress: _, ...rest } = job;
    await buildPart({ ...rest, plan, part: first });
    // Later parts no longer see the files that have taken the names before.
    source.account.files?.splice(0, 10);
    const { receipts, manifest } = await buildExport(job);
    expect(manifest.missing).toEqual([]);
    const paths: string[] = [];
    for (const { name } of receipts) paths.push(...(await readZip(join(root, 'e1', name))).keys());
    expect(new Set(paths).size).toBe(60 + 2 * receipts.length);
  });

  test('too much for a list of differences stops the export, and it is planned anew', async () => {
    const source = createMemorySource({ rows: { Audit_Logs: memoryRows(10_002) } });
    const job = jobOf(root, source, { sections: ['data'] });
    await planExport({ ...job, now: NOW });
    source.account.rows = {};
    await expect(buildExport(job)).rejects.toMatchObject({ reason: 'counts_differ' });
  });

  test('a plan whose rows were lost is said to be lost', async () => {
    const source = createMemorySource({ files: files(3) });
    const job = jobOf(root, source, { sections: ['cvs'] });
    await planExport({ ...job, now: NOW });
    await rm(join(root, 'e1', 'planned'), { recursive: true });
    await expect(buildExport(job)).rejects.toMatchObject({ reason: 'plan_lost' });
  });

  test('a receipt that does not add up stops the delivery, and no manifest is written', async () => {
    const source = createMemorySource({ files: files(5) });
    const { plan, receipts } = await build(root, source);
    const store = createFolderExportStore({ root });
    const short = receipts.map((receipt) => ({ ...receipt, files: {} }));
    await rm(join(root, 'e1', 'manifest.json'));
    await expect(
      finishExport({ plan, receipts: short, store, signer, now: NOW }),
    ).rejects.toMatchObject({
      reason: 'counts_differ',
    });
    await expect(
      finishExport({ plan, receipts: receipts.slice(1), store, signer, now: NOW }),
    ).rejects.toThrow(/was not built/);
    expect(await visible()).not.toContain('e1/manifest.json');
    await rm(join(root, 'e1', receipts[0]?.name ?? ''));
    await expect(finishExport({ plan, receipts, store, signer, now: NOW })).rejects.toMatchObject({
      reason: 'blob_differs',
    });
  });
});

describe('files', () => {
  test('that change between two readings are listed as missing, and the part is whole', async () => {
    const large = files(1, {
      fileId: 'large',
      content: Buffer.alloc(6_000_000, 7),
      sizeBytes: 6_000_000,
    });
    const source = createMemorySource({ files: [...files(3), ...large] });
    const { open } = source;
    source.open = async (file) => {
      if (file.fileId !== 'large') return open(file);
      let reads = 0;
      return {
        ...contentOf(Buffer.alloc(6_000_000)),
        read: async (buffer, position) =>
          buffer.fill(++reads).subarray(0, 6_000_000 - position).length,
      };
    };
    const { receipts, manifest } = await build(root, source, { sections: ['cvs'] });
    expect(manifest.missing).toMatchObject([{ fileId: 'large', reason: 'changed_while_reading' }]);
    expect((await readZip(join(root, 'e1', receipts[0]?.name ?? ''))).size).toBe(5);
  });

  test('that are gone are listed; when not a single one is there, the storage is not there', async () => {
    const some = createMemorySource({
      files: [...files(30, { content: null }), ...files(1, { fileId: 'here' })],
    });
    const { manifest } = await build(root, some);
    expect(manifest.missing).toHaveLength(30);
    const none = createMemorySource({ files: files(30, { content: null }) });
    await expect(build(join(root, 'none'), none)).rejects.toMatchObject({
      reason: 'source_unreadable',
    });
  });

  test('above 4 GB that the database says to be smaller fail with a clear sentence', async () => {
    const source = createMemorySource({ files: files(2) });
    source.open = async () => ({ ...contentOf(Buffer.alloc(1)), sizeBytes: 4_000_000_001 });
    const failing = build(root, source);
    await expect(failing).rejects.toMatchObject({ reason: 'file_too_large' });
    await expect(failing).rejects.toThrow(
      'The file f0000 of cvs is larger than 4 GB, but the database says 1.0 kB.',
    );
  });

  test('above 4 GB get a part of their own, in which only they may need ZIP64', async () => {
    const [first, ...rest] = files(4);
    const huge = { ...memoryFile({ fileId: 'f0001b', content: Buffer.alloc(9) }), sizeBytes: 6e9 };
    const source = createMemorySource({ files: [...(first ? [first] : []), huge, ...rest] });
    const { plan, receipts } = await build(root, source, { sections: ['cvs'] });
    expect(plan.parts.map(({ count, zip64 }) => [count, zip64])).toEqual([
      [2, undefined],
      [1, true],
      [2, undefined],
    ]);
    const name = receipts[1]?.name ?? '';
    const entries = await readZip(join(root, 'e1', name));
    // The Unarchiver cannot read on behind a huge file, so the list of contents comes before it.
    expect([...entries.keys()][0]).toBe(`Contents/${name.replace('.zip', '.csv')}`);
    expect([...entries.values()][0]?.toString()).toContain('f0001b.pdf,9,');
    expect([...entries.keys()][1]).toBe(`Viewer/${name.replace('.zip', '.js')}`);
    expect(entries.size).toBe(3);
    expect(receipts[1]?.zip64).toBeUndefined();
  });

  test('of one folder that is cut keep their names apart, part for part', async () => {
    const same = files(60, { name: 'cv.pdf' });
    const source = createMemorySource({ files: same });
    const { receipts } = await build(root, source, { sections: ['cvs'], partSizeBytes: 20_000 });
    expect(receipts.length).toBeGreaterThan(3);
    const paths: string[] = [];
    for (const { name } of receipts) paths.push(...(await readZip(join(root, 'e1', name))).keys());
    expect(new Set(paths).size).toBe(60 + 2 * receipts.length);
    expect(paths).toContain('Internal CVs/Welder (j1)/Ada Lovelace (c1)/cv (60).pdf');
  });
});
