import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExportOptions } from '../../src/domain/options.ts';
import { createMemorySource, memoryFile, memoryRows } from '../support/memory-source.ts';
import { build } from '../support/pipeline.ts';
import { readZip } from '../support/zips.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-options-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function entriesOf(
  source: ReturnType<typeof createMemorySource>,
  options: Partial<ExportOptions>,
) {
  const built = await build(root, source, options);
  const entries = new Map<string, Buffer>();
  for (const { name } of built.receipts) {
    for (const [path, content] of await readZip(join(root, 'e1', name))) entries.set(path, content);
  }
  return { ...built, entries };
}

describe('one copy of each file', () => {
  const shared = { path: 'store/ada.pdf', candidateId: 'c1', candidateName: 'Ada', name: 'cv.pdf' };
  const bytes = Buffer.from('Ada');
  const files = () => [
    memoryFile({ ...shared, fileId: 'f1', jobId: 'j1', content: bytes }),
    memoryFile({ ...shared, fileId: 'f1', jobId: 'j2', jobTitle: 'Smith', content: bytes }),
    memoryFile({ ...shared, fileId: 'f1', jobId: 'j3', jobTitle: 'Cook', content: bytes }),
    memoryFile({
      fileId: 'f2',
      path: 'store/bob.pdf',
      candidateId: 'c2',
      candidateName: 'Bob',
      jobId: 'j2',
      jobTitle: 'Smith',
      content: Buffer.from('Bob'),
    }),
  ];

  test('is in the ZIPs once, and applications.csv ties every candidate to every job', async () => {
    const source = createMemorySource({ files: files() });
    const { entries, manifest, plan } = await entriesOf(source, {
      sections: ['cvs'],
      oneCopy: true,
    });
    expect([...entries.keys()].filter((path) => path.startsWith('Internal CVs/'))).toEqual([
      'Internal CVs/Welder (j1)/Ada (c1)/cv.pdf',
      'Internal CVs/Smith (j2)/Bob (c2)/f2.pdf',
    ]);
    const rows: Record<string, string>[] = parse(entries.get('Data Files/applications.csv') ?? '', {
      bom: true,
      columns: true,
    });
    expect(rows.map(({ job_id, candidate_id, path }) => [job_id, candidate_id, path])).toEqual([
      ['j1', 'c1', 'Internal CVs/Welder (j1)/Ada (c1)/cv.pdf'],
      ['j2', 'c1', 'Internal CVs/Welder (j1)/Ada (c1)/cv.pdf'],
      ['j2', 'c2', 'Internal CVs/Smith (j2)/Bob (c2)/f2.pdf'],
      ['j3', 'c1', 'Internal CVs/Welder (j1)/Ada (c1)/cv.pdf'],
    ]);
    for (const { path } of rows) expect(entries.has(path ?? '')).toBe(true);
    const line = { section: 'cvs', missing: 0, added: 0 };
    expect(manifest.counts).toEqual([
      {
        section: 'data',
        of: 'applications',
        database: 4,
        planned: 4,
        exported: 4,
        missing: 0,
        added: 0,
      },
      { ...line, of: 'j1', database: 1, planned: 1, copies: 0, exported: 1 },
      { ...line, of: 'j2', database: 2, planned: 1, copies: 1, exported: 1 },
      { ...line, of: 'j3', database: 1, planned: 0, copies: 1, exported: 0 },
    ]);
    expect(plan.parts.map(({ section }) => section)).toEqual(['cvs', 'data']);
  });

  test('goes over several parts, the list too', async () => {
    const many = Array.from({ length: 400 }, (_, n) =>
      memoryFile({
        fileId: `f${n % 200}`,
        path: `store/${n % 200}`,
        jobId: n < 200 ? 'j1' : 'j2',
        candidateId: `c${String(n % 200).padStart(3, '0')}`,
        content: Buffer.alloc(500),
      }),
    );
    const source = createMemorySource({ files: many });
    const options = { sections: ['cvs' as const], oneCopy: true as const, partSizeBytes: 20_000 };
    const { entries, plan, manifest } = await entriesOf(source, options);
    expect(plan.parts.filter(({ section }) => section === 'data').length).toBeGreaterThan(1);
    const lists = [...entries].filter(([path]) => path.startsWith('Data Files/applications'));
    const rows = lists.flatMap(([, content]): { path: string }[] =>
      parse(content, { bom: true, columns: true }),
    );
    expect(rows).toHaveLength(400);
    expect(manifest.added).toEqual([]);
    for (const { path } of rows) expect(entries.has(path)).toBe(true);
  });

  test('is a resume under each job where nobody asked for one copy', async () => {
    const { entries } = await entriesOf(createMemorySource({ files: files() }), {});
    expect([...entries.keys()].filter((path) => path.startsWith('Internal CVs/'))).toHaveLength(4);
    expect(entries.has('Data Files/applications.csv')).toBe(false);
  });
});

describe('NDJSON', () => {
  test('stands beside each CSV, row for row, and fits its schema', async () => {
    const rows = memoryRows(3);
    const values = [
      [9_007_199_254_740_993n, null],
      [-5, ''],
      [0.5, '=1+1\n"ü" \u{1F600}'],
    ];
    for (const [index, row] of rows.entries()) row.values = values[index] ?? [];
    const source = createMemorySource({ rows: { Candidates: rows } });
    const { entries } = await entriesOf(source, { sections: ['data'], ndjson: true });
    const text = entries.get('Data Files/Candidates.ndjson')?.toString() ?? '';
    expect(text.split('\n')).toEqual([
      '{"id":9007199254740993,"text":null}',
      '{"id":-5,"text":""}',
      '{"id":0.5,"text":"=1+1\\n\\"ü\\" \u{1F600}"}',
      '',
    ]);
    const schema = JSON.parse(entries.get('Data Files/Candidates.schema.json')?.toString() ?? '');
    const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    for (const line of text.trim().split('\n')) expect(fits(JSON.parse(line))).toBe(true);
    expect(fits({ id: 1 })).toBe(false);
    expect(fits({ id: 1, text: 'a', more: 1 })).toBe(false);
    expect(entries.get('Data Files/Users.ndjson')?.toString()).toBe('');
  });

  test('goes over parts as its CSV does', async () => {
    const source = createMemorySource({ rows: { Audit_Logs: memoryRows(300) } });
    const { entries } = await entriesOf(source, {
      sections: ['data'],
      ndjson: true,
      partSizeBytes: 20_000,
    });
    const names = [...entries.keys()].filter((path) => /Audit_Logs.*ndjson$/.test(path));
    expect(names.length).toBeGreaterThan(1);
    const lines = names.flatMap((path) => entries.get(path)?.toString().trim().split('\n') ?? []);
    expect(lines).toHaveLength(300);
    expect([...entries.keys()].filter((path) => /Audit_Logs.*schema/.test(path))).toHaveLength(1);
  });
});
