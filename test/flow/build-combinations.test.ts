import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { inspectZip } from '../../src/adapters/zip/inspect.ts';
import { readExpected } from '../../src/commands/expected-files.ts';
import { SECTION_FOLDERS } from '../../src/domain/archive.ts';
import type { ExportOptions, Section } from '../../src/domain/options.ts';
import { verifyFiles } from '../../src/flow/verify-export.ts';
import { pairwise } from '../support/pairwise.ts';
import { build } from '../support/pipeline.ts';
import { sampleSource } from '../support/sample.ts';
import { hasTool, testWithPassword } from '../support/zip-tools.ts';
import { readZip } from '../support/zips.ts';

const PASSWORD = 'apart-from-the-links';

const COMBINATIONS = pairwise({
  sections: [
    ['data', 'attachments', 'cvs'],
    ['data'],
    ['attachments', 'cvs'],
    ['cvs'],
  ] satisfies Section[][],
  jobs: ['all', 'two', 'one'],
  range: ['always', 'from', 'between'],
  partSizeBytes: [2_000_000_000, 60_000],
  oneCopy: [false, true],
  ndjson: [false, true],
  encrypted: [false, true],
});

const RANGES = {
  always: { from: null, to: null },
  from: { from: '2026-01-01', to: null },
  between: { from: '2025-06-01', to: '2026-06-30' },
};

describe('options together', () => {
  let root: string;
  let jobIds: string[];
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'waybill-combinations-'));
    jobIds = (await (await sampleSource()).ats.jobs('acme')).map(({ id }) => id);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  test('every value meets every other', () => {
    expect(COMBINATIONS.length).toBeLessThan(25);
    expect(COMBINATIONS.some((one) => one.oneCopy && one.encrypted)).toBe(true);
  });

  test.each(COMBINATIONS.map((one, index) => [index, JSON.stringify(one), one] as const))(
    '%i: %s',
    async (index, _, { jobs, range, oneCopy, ndjson, encrypted, ...rest }) => {
      const { source } = await sampleSource();
      const options: Partial<ExportOptions> = {
        ...rest,
        ...RANGES[range as keyof typeof RANGES],
        jobs: jobs === 'all' ? null : jobIds.slice(0, jobs === 'two' ? 2 : 1),
        ...(oneCopy && { oneCopy: true }),
        ...(ndjson && { ndjson: true }),
        ...(encrypted && { encrypted: true }),
      };
      const folder = join(root, String(index));
      const store = createFolderExportStore({ root: folder, layout: 'single' });
      const password = encrypted ? PASSWORD : null;
      const { plan, manifest, receipts } = await build(folder, source, options, {
        store,
        password,
      });

      // The database says the same when it is asked once more.
      const { from, to, jobs: chosen } = plan.options;
      const totals = await source.totals('acme', { from, to, jobs: chosen });
      for (const { section, of, ...line } of manifest.counts) {
        const asked = section === 'data' ? null : (totals.files[section][of]?.count ?? 0);
        if (asked !== null) expect(line.database).toBe(asked);
        expect(line.database).toBe(line.planned + (line.copies ?? 0));
        expect(line.planned).toBe(line.exported + line.missing);
        expect(line.added).toBe(0);
      }
      if (
        oneCopy &&
        jobs === 'all' &&
        range === 'always' &&
        plan.options.sections.includes('cvs')
      ) {
        expect(manifest.counts.some(({ copies = 0 }) => copies > 0)).toBe(true);
      }

      const expected = await readExpected(folder);
      for await (const { name, problems } of verifyFiles(folder, expected.files, inspectZip)) {
        expect(problems, name).toEqual([]);
      }
      if (encrypted) {
        if (hasTool('7z')) {
          for (const { name } of receipts) testWithPassword(join(folder, name), PASSWORD);
        }
        return;
      }
      const entries = new Map<string, Buffer>();
      for (const { name } of receipts) {
        for (const [path, content] of await readZip(join(folder, name))) {
          expect(entries.has(path), path).toBe(false);
          entries.set(path, content);
        }
      }
      const inside = [...entries.keys()];
      const sum = (section: Section) =>
        manifest.counts
          .filter((line) => line.section === section)
          .reduce((all, { exported }) => all + exported, 0);
      for (const section of ['attachments', 'cvs'] as const) {
        const begin = `${SECTION_FOLDERS[section]}/`;
        expect(inside.filter((path) => path.startsWith(begin))).toHaveLength(sum(section));
      }
      const rowsOf = (pattern: RegExp): Record<string, string>[] =>
        [...entries]
          .filter(([path]) => pattern.test(path))
          .flatMap(([, content]): Record<string, string>[] =>
            parse(content, { bom: true, columns: true }),
          );
      for (const { section, of, exported } of manifest.counts) {
        if (section !== 'data') continue;
        const rows = rowsOf(new RegExp(`^Data Files/${of}(_\\d+)?\\.csv$`));
        expect(rows, of).toHaveLength(exported);
        const lines = [...entries]
          .filter(([path]) => new RegExp(`^Data Files/${of}(_\\d+)?\\.ndjson$`).test(path))
          .flatMap(([, content]) => content.toString().split('\n').filter(Boolean));
        if (of !== 'applications') expect(lines, of).toHaveLength(ndjson ? exported : 0);
      }
      const lost = new Set(manifest.missing.map(({ path }) => path));
      for (const { path = '' } of rowsOf(/^Data Files\/applications(_\d+)?\.csv$/)) {
        expect(entries.has(path) || lost.has(path), path).toBe(true);
      }
    },
    60_000,
  );
});
