import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  DATA_SETS,
  type KeyRange,
  type ListName,
  type Selection,
  type SourceFile,
  type SourceRow,
} from '../../src/domain/content.ts';
import { compareKeys } from '../../src/domain/key-order.ts';
import type { Source } from '../../src/ports/source.ts';
import { describeOpening } from './source-opening.ts';

/** What an adapter hands in: a sample read through it, and the bytes of a file of an account. */
export type SourceUnderTest = {
  source: Source;
  /** The folder of the sample. */
  dir: string;
  bytesOf(accountId: string, path: string): Promise<Buffer>;
  remove(): Promise<void>;
};

const ALL: Selection = { jobs: null, from: null, to: null };
const WHOLE: KeyRange = { after: null, upTo: null };
const LISTS: ListName[] = [...DATA_SETS, 'attachments', 'cvs'];
const ACCOUNTS = ['acme', 'globex', 'initech', 'umbrella'];
const SELECTIONS: Record<string, Selection> = {
  everything: ALL,
  'two jobs': { ...ALL, jobs: ['J00003', 'J00007'] },
  'no job': { ...ALL, jobs: [] },
  'an unknown job': { ...ALL, jobs: ["J'--"] },
  'from a day': { ...ALL, from: '2026-02-01' },
  'up to a day': { ...ALL, to: '2026-02-01' },
  'a job and a span': { jobs: ['J00004'], from: '2025-06-01', to: '2026-06-30' },
  'no day': { ...ALL, from: '2026-02-02', to: '2026-02-01' },
};

/** What every `Source` does, whatever the database and the storage behind it. */
export function describeSource(
  name: string,
  make: () => Promise<SourceUnderTest>,
  { inFolder = true } = {},
): void {
  describe(`Source: ${name}`, () => {
    let made: SourceUnderTest;
    let source: Source;
    beforeAll(async () => {
      made = await make();
      source = made.source;
    });
    afterAll(() => made.remove());

    function entries(
      list: ListName,
      selection: Selection = ALL,
      range: KeyRange = WHOLE,
      accountId = 'acme',
    ): AsyncIterable<SourceRow | SourceFile> {
      return list === 'attachments' || list === 'cvs'
        ? source.files(accountId, list, selection, range)
        : source.rows(accountId, list, selection, range);
    }

    describe.each(LISTS)('list %s', (list) => {
      test('comes in strictly increasing key order', async () => {
        const keys = (await all(entries(list))).map((entry) => entry.key);
        expect(keys.length).toBeGreaterThan(0);
        for (const [index, key] of keys.entries()) {
          const before = keys[index - 1];
          if (before) expect(compareKeys(before, key), `${before} < ${key}`).toBeLessThan(0);
        }
      });

      test('is covered once by ranges that touch', async () => {
        const whole = await all(entries(list));
        const step = Math.max(1, Math.ceil(whole.length / 7));
        const cuts = whole.filter((_, index) => index % step === 0).map((entry) => entry.key);
        const pieces: (SourceRow | SourceFile)[] = [];
        for (let index = 0; index <= cuts.length; index++) {
          const range = { after: cuts[index - 1] ?? null, upTo: cuts[index] ?? null };
          const piece = await all(entries(list, ALL, range));
          if (range.upTo) expect(piece.at(-1)?.key).toEqual(range.upTo);
          pieces.push(...piece);
        }
        expect(pieces).toEqual(whole);
        const [first] = whole;
        if (!first) throw new Error('The list is empty.');
        expect(await all(entries(list, ALL, { after: first.key, upTo: first.key }))).toEqual([]);
      });

      test('holds rows of the account only', async () => {
        for (const accountId of ACCOUNTS) {
          for await (const entry of entries(list, ALL, WHOLE, accountId)) {
            expect(entry.accountId).toBe(accountId);
          }
        }
        for (const nobody of ['', 'nobody', "x' or '1'='1", '%']) {
          expect(await all(entries(list, ALL, WHOLE, nobody))).toEqual([]);
        }
      });

      test('can be left in the middle and read twice at a time', async () => {
        const whole = await all(entries(list));
        for (let round = 0; round < 50; round++) {
          for await (const entry of entries(list)) {
            expect(entry).toEqual(whole[0]);
            break;
          }
        }
        const [one, two] = await Promise.all([all(entries(list)), all(entries(list))]);
        expect(one).toEqual(whole);
        expect(two).toEqual(whole);
      });
    });

    test.each(DATA_SETS)('rows of %s have a value for each column', async (dataSet) => {
      const columns = source.columns(dataSet);
      expect(columns.length).toBeGreaterThan(3);
      expect(new Set(columns).size).toBe(columns.length);
      expect(columns.filter((column) => /account_id|^_/.test(column))).toEqual([]);
      for await (const row of source.rows('acme', dataSet, ALL, WHOLE)) {
        expect(row.values).toHaveLength(columns.length);
      }
    });

    test.each(Object.entries(SELECTIONS))('totals equal what streams: %s', async (_, selection) => {
      for (const accountId of ['acme', 'globex']) {
        const totals = await source.totals(accountId, selection);
        for (const dataSet of DATA_SETS) {
          const rows = await all(source.rows(accountId, dataSet, selection, WHOLE));
          expect(totals.rows[dataSet], dataSet).toBe(rows.length);
        }
        for (const section of ['attachments', 'cvs'] as const) {
          const files = await all(source.files(accountId, section, selection, WHOLE));
          expect(totals.files[section]).toEqual(amountsOf(files));
        }
      }
    });

    test('a selection of jobs leaves only what belongs to them', async () => {
      const selection = { ...ALL, jobs: ['J00003'] };
      const files = await all(source.files('acme', 'cvs', selection, WHOLE));
      expect(files.length).toBeGreaterThan(0);
      expect(new Set(files.map((file) => file.jobId))).toEqual(new Set(['J00003']));
      const ids = await column('Candidates', 'candidate_id', selection);
      expect(new Set(files.map((file) => file.candidateId)).size).toBeLessThanOrEqual(ids.length);
      expect(ids).toEqual(await column('Job_Pipelines', 'candidate_id', selection));
      expect(await column('Jobs', 'job_id', selection)).toEqual(['J00003']);
    });

    test('a selection of days holds both ends', async () => {
      const days = (await column('Candidates', 'created_at', ALL)).map((at) =>
        String(at).slice(0, 10),
      );
      const day = days[5] ?? '';
      const found = await column('Candidates', 'created_at', { ...ALL, from: day, to: day });
      expect(found).toHaveLength(days.filter((other) => other === day).length);
    });

    test('a resume comes once for each job of its candidate, and once without a job', async () => {
      const pipelines = new Map<string, (string | null)[]>();
      for await (const row of source.rows('acme', 'Job_Pipelines', ALL, WHOLE)) {
        const [job, candidate] = [row.values[0], String(row.values[2])];
        pipelines.set(candidate, [...(pipelines.get(candidate) ?? []), String(job) || null]);
      }
      const jobsOf = new Map<string, (string | null)[]>();
      const candidateOf = new Map<string, string>();
      for await (const file of source.files('acme', 'cvs', ALL, WHOLE)) {
        jobsOf.set(file.fileId, [...(jobsOf.get(file.fileId) ?? []), file.jobId]);
        candidateOf.set(file.fileId, file.candidateId ?? '');
      }
      const several = [...jobsOf.values()].filter((jobs) => jobs.length > 1);
      expect(several.length).toBeGreaterThan(0);
      expect([...jobsOf.values()].flat()).toContain(null);
      for (const [fileId, jobs] of jobsOf) {
        expect(jobs).toEqual(pipelines.get(candidateOf.get(fileId) ?? ''));
      }
    });

    test('numbers, NULL and empty text stay what they are', async () => {
      expect((await column('Candidates', 'legacy_id', ALL)).slice(0, 3)).toEqual([
        9_007_199_254_740_993n,
        9_007_199_254_740_994n,
        9_007_199_254_740_995n,
      ]);
      const names = await column('Candidates', 'name', ALL);
      expect(names[5]).toBeNull();
      expect(names[6]).toBe('');
      expect(names[1]).toMatch(/^=HYPERLINK/);
      expect(names[2]).toHaveLength(300);
      expect(names[4]).toBe('O"Hara, "Zed"\nline two');
      expect((await column('Jobs', 'salary_from', ALL)).slice(0, 3)).toEqual([
        45001.5,
        45002.5,
        null,
      ]);
      expect((await column('Jobs', 'openings', ALL)).slice(0, 3)).toEqual([2, 3, 1]);
    });

    async function column(dataSet: (typeof DATA_SETS)[number], name: string, selection: Selection) {
      const index = source.columns(dataSet).indexOf(name);
      const rows = await all(source.rows('acme', dataSet, selection, WHOLE));
      return rows.map((row) => row.values[index]);
    }

    describeOpening(() => made, inFolder);
  });
}

async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(entries);
}

function amountsOf(files: SourceFile[]): Record<string, { count: number; bytes: number }> {
  const amounts: Record<string, { count: number; bytes: number }> = {};
  for (const file of files) {
    const sum = amounts[file.jobId ?? ''] ?? { count: 0, bytes: 0 };
    amounts[file.jobId ?? ''] = { count: sum.count + 1, bytes: sum.bytes + file.sizeBytes };
  }
  return amounts;
}
