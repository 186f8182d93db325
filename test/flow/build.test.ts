import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fold } from '../../src/domain/archive.ts';
import { DATA_SETS } from '../../src/domain/content.ts';
import type { Progress } from '../../src/domain/plan.ts';
import { build } from '../support/pipeline.ts';
import { sampleSource } from '../support/sample.ts';
import { checkSums, hasTool, ZIP_TOOLS } from '../support/zip-tools.ts';
import { readLocalHeaders, readZip } from '../support/zips.ts';

const PART_BYTES = 200_000;

describe('the sample account', () => {
  let root: string;
  let folder: string;
  let built: Awaited<ReturnType<typeof build>>;
  let entries: Map<string, Buffer>;
  const progress: Progress[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'waybill-build-'));
    folder = join(root, 'e1');
    const { source } = await sampleSource();
    const onProgress = (now: Progress) => void progress.push(now);
    built = await build(root, source, { partSizeBytes: PART_BYTES }, { onProgress });
    entries = new Map();
    for (const { name } of built.receipts) {
      for (const [path, content] of await readZip(join(folder, name))) {
        if (entries.has(path)) throw new Error(`${path} is in two parts`);
        entries.set(path, content);
      }
    }
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const csv = (path: string): Record<string, string>[] =>
    parse(entries.get(path) ?? '', { bom: true, columns: true });
  const contents = () =>
    [...entries.keys()].filter((path) => path.startsWith('Contents/')).flatMap(csv);
  const zips = () => built.receipts.map(({ name }) => join(folder, name));

  test('is several parts, none larger than asked for unless it is a single file', () => {
    expect(built.receipts.length).toBeGreaterThan(4);
    for (const { sizeBytes, entries: count } of built.receipts) {
      expect(sizeBytes <= PART_BYTES || count === 1).toBe(true);
    }
  });

  test('holds every row of every data set', async () => {
    const { source } = await sampleSource();
    const totals = await source.totals('acme', { jobs: null, from: null, to: null });
    for (const name of DATA_SETS) {
      const paths = [...entries.keys()].filter((path) =>
        path.match(`^Data Files/${name}(_\\d+)?\\.csv$`),
      );
      const rows = paths.flatMap(csv);
      expect(rows, name).toHaveLength(totals.rows[name]);
      expect(totals.rows[name], name).toBeGreaterThan(0);
    }
  });

  test('holds every file of the database, but for those that are said to be missing', async () => {
    const { dir } = await sampleSource();
    const database = new Database(join(dir, 'ats.sqlite'), { readonly: true });
    const count = (sql: string) => Number(database.prepare(sql).pluck().get());
    const attachments = count(
      "select count(*) from documents where account_id = 'acme' and section = 'attachment'",
    );
    const cvs = count(
      "select count(*) from applications a join documents d on d.account_id = a.account_id and d.candidate_id = a.candidate_id and d.section = 'cv' where a.account_id = 'acme'",
    );
    database.close();
    const inside = (section: string) => contents().filter((row) => row.section === section).length;
    const missing = (section: string) =>
      built.manifest.missing.filter((row) => row.section === section).length;
    expect(inside('attachments') + missing('attachments')).toBe(attachments);
    expect(inside('cvs') + missing('cvs')).toBe(cvs);
    expect(new Set(built.manifest.missing.map(({ reason }) => reason))).toEqual(new Set(['gone']));
    expect(missing('cvs')).toBeGreaterThan(0);
  });

  test('holds nothing of another account', () => {
    const ids = csv('Data Files/Candidates.csv').map((row) => row.candidate_id);
    for (const row of contents()) {
      if (row.candidate_id) expect(ids).toContain(row.candidate_id);
    }
  });

  test('ties every path to its file, with size and CRC', () => {
    const files = [...entries.keys()].filter((path) => /^(Attachments|Internal CVs)\//.test(path));
    expect(
      contents()
        .map((row) => row.path)
        .sort(),
    ).toEqual(files.sort());
    for (const row of contents()) {
      expect(Number(row.size_bytes)).toBe(entries.get(row.path ?? '')?.length);
      if (row.job_id) expect(row.path).toContain(`(${row.job_id})`);
    }
  });

  test('has paths that do not meet when all parts are extracted over each other', () => {
    expect(new Set([...entries.keys()].map(fold)).size).toBe(entries.size);
    for (const path of entries.keys()) expect(path).not.toMatch(/(^|\/)\.\.?(\/|$)|[\\:*?"<>|]/);
  });

  test('needs no ZIP64 and no data descriptors', async () => {
    for (const zip of zips()) {
      const headers = readLocalHeaders(await readFile(zip));
      for (const { flags, extraBytes, path } of headers) {
        expect(flags).toBe(1 << 11);
        expect(extraBytes).toBe(0);
        if (/\.(pdf|docx|png)$/.test(path))
          expect(headers.find((one) => one.path === path)?.method).toBe(0);
      }
    }
  });

  for (const { name, check } of ZIP_TOOLS) {
    test.skipIf(!hasTool(name))(`opens with ${name} without a warning`, () => {
      for (const zip of zips()) expect(() => check(zip)).not.toThrow();
    });
  }

  test.skipIf(!hasTool('sha256sum'))('passes sha256sum -c', () => {
    expect(checkSums(folder, 'SHA256SUMS')).toHaveLength(built.receipts.length + 3);
  });

  test('has a manifest with three columns that add up, and a list of what is missing', async () => {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).toEqual(built.manifest);
    for (const line of built.manifest.counts) {
      expect(line.database).toBe(line.planned);
      expect(line.exported + line.missing).toBe(line.planned);
    }
    const rows = parse(await readFile(join(folder, 'missing.csv')), { bom: true, columns: true });
    expect(rows).toHaveLength(built.manifest.missing.length);
    expect(built.files.map(({ kind }) => kind).slice(-3)).toEqual(['signature', 'missing', 'sums']);
  });

  test('tells how far it is, up to everything', () => {
    const last = progress.at(-1);
    expect(progress.length).toBeGreaterThan(50);
    expect(last?.parts).toEqual({ done: built.receipts.length, total: built.receipts.length });
    expect(last?.files.done).toBe(last?.files.total);
    expect(last?.bytes.done).toBe(last?.bytes.total);
    const bytes = progress.map((one) => one.bytes.done);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });
});

test('a selection of one section and one job holds just that', async () => {
  const root = await mkdtemp(join(tmpdir(), 'waybill-build-'));
  try {
    const { source, ats } = await sampleSource();
    const [job] = await ats.jobs('acme');
    const { receipts, manifest } = await build(root, source, {
      sections: ['cvs'],
      jobs: [job?.id ?? ''],
    });
    expect(new Set(receipts.flatMap(({ files }) => Object.keys(files)))).toEqual(
      new Set([job?.id]),
    );
    expect(new Set(manifest.counts.map(({ section }) => section))).toEqual(new Set(['cvs']));
  } finally {
    await rm(root, { recursive: true });
  }
});
