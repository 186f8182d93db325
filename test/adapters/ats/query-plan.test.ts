import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageSql } from '../../../src/adapters/ats/list-sql.ts';
import { type ListQuery, readSourceFile } from '../../../src/adapters/ats/source-file.ts';
import { columnOf, SQLITE } from '../../../src/adapters/ats/sqlite-dialect.ts';
import { DATA_SETS, type ListName } from '../../../src/domain/content.ts';
import { makeSample, removeSample, type Sample } from '../../support/sample.ts';

let sample: Sample;
let database: Database.Database;
beforeAll(async () => {
  sample = await makeSample({ candidates: 10, bytesPerFile: 0 });
  database = new Database(join(sample.dir, 'ats.sqlite'), { readonly: true });
});
afterAll(async () => {
  database.close();
  await removeSample(sample);
});

const LISTS: ListName[] = [...DATA_SETS, 'attachments', 'cvs'];

describe.each(LISTS)('a page in the middle of %s', (name) => {
  test.each([
    ['everything', { jobs: null, from: null, to: null }],
    ['a selection', { jobs: ['J00001'], from: '2026-01-01', to: '2026-02-01' }],
  ])('is found in an index, without sorting: %s', (_, selection) => {
    const { data, files } = readSourceFile(sample.sourceFile);
    const lists: Record<ListName, ListQuery> = { ...data, ...files };
    const list = lists[name];
    const key = list.key.map(() => 'J00005');
    const columns = database.prepare(list.query).columns().map(columnOf);
    const known = { query: list, columns, dialect: SQLITE };
    const { sql, parameters } = pageSql(known, 'acme', selection, { after: key, upTo: key }, 1_000);
    const plan = database
      .prepare<[typeof parameters], { detail: string }>(`explain query plan ${sql}`)
      .all(parameters)
      .map((step) => step.detail);
    expect(plan.join('\n')).not.toMatch(/TEMP B-TREE|MATERIALIZE|CO-ROUTINE/);
    expect(plan.filter((step) => /^SCAN (?!json_each)/.test(step))).toEqual([]);
    // The first step seeks to the account and to the place in the order of the key.
    expect(plan[0]).toMatch(/^SEARCH .* \(account_id=\? .*>\?|^SEARCH .* \(account_id=\? .*>\(\?/);
  });
});
