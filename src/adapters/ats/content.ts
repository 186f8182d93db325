import { setImmediate } from 'node:timers/promises';
import {
  DATA_SETS,
  type DataSet,
  type FileSection,
  type KeyRange,
  type RowKey,
  type Selection,
  type SourceFile,
  type SourceTotals,
} from '../../domain/content.ts';
import { ExportFailure } from '../../domain/failure.ts';
import type { FileRoot, Source } from '../../ports/source.ts';
import type { Database, RawValue } from './database.ts';
import { FILE_COLUMNS, openList, type SourceList } from './list.ts';
import { amountsSql, countSql, pageSql } from './list-sql.ts';
import { createPaging } from './paging.ts';
import type { SourceDescription } from './source-file.ts';

/** The lists of a source file, tried. */
export type SourceLists = Record<DataSet | FileSection, SourceList>;

const SECTIONS = ['attachments', 'cvs'] as const;

/** @throws SourceProblem when a query does not run, or lacks a column */
export async function openLists(
  { file, data, files }: SourceDescription,
  database: Database,
): Promise<SourceLists> {
  const lists: Partial<SourceLists> = {};
  for (const name of DATA_SETS) {
    lists[name] = await openList(file, `data.${name}`, data[name], database);
  }
  for (const name of SECTIONS) {
    lists[name] = await openList(file, `files.${name}`, files[name], database, FILE_COLUMNS);
  }
  return lists as SourceLists;
}

/** Data and files of the accounts, by the lists of a source file. */
export function createSource(lists: SourceLists, database: Database, root: FileRoot): Source {
  async function* read(
    list: SourceList,
    accountId: string,
    selection: Selection,
    { after: first, upTo }: KeyRange,
  ): AsyncGenerator<{ key: RowKey; row: RawValue[] }> {
    const paging = createPaging();
    let after = first;
    for (;;) {
      const limit = paging.rows();
      const { sql, parameters } = pageSql(list, accountId, selection, { after, upTo }, limit + 1);
      const rows = await database.rows(list.name, sql, parameters);
      paging.saw(rows);
      let last: RowKey | null = null;
      for (const [index, row] of rows.entries()) {
        const key = list.keyOf(row);
        if (last && sameKey(last, key)) throw list.keyNotUnique();
        if (index < limit) yield { key, row };
        if (index < limit) last = key;
      }
      if (rows.length <= limit) return;
      after = last;
      // A consumer that never waits for I/O would otherwise hold up everything else in the process.
      await setImmediate();
    }
  }

  return {
    columns: (dataSet) => [...lists[dataSet].exported],

    async totals(accountId, selection) {
      const totals = emptyTotals();
      for (const name of DATA_SETS) {
        const list = lists[name];
        const { sql, parameters } = countSql(list, accountId, selection);
        const [count, keyless, own] = (await database.rows(list.name, sql, parameters))[0] ?? [];
        if (Number(own ?? 0) !== Number(count ?? 0)) throw foreign(list);
        if (Number(keyless) > 0) throw list.keyIncomplete();
        totals.rows[name] = Number(count ?? 0);
        await setImmediate();
      }
      for (const name of SECTIONS) {
        const list = lists[name];
        const { sql, parameters } = amountsSql(list, accountId, selection);
        const rows = await database.rows(list.name, sql, parameters);
        for (const [job, count, bytes, keyless, own] of rows) {
          if (Number(own) !== Number(count)) throw foreign(list);
          if (Number(keyless) > 0) throw list.keyIncomplete();
          totals.files[name][String(job)] = { count: Number(count), bytes: Number(bytes) };
        }
        await setImmediate();
      }
      return totals;
    },

    async *rows(accountId, dataSet, selection, range) {
      const list = lists[dataSet];
      for await (const { key, row } of read(list, accountId, selection, range)) {
        yield { accountId: list.accountOf(row), key, values: list.valuesOf(row) };
      }
    },

    async *files(accountId, section, selection, range) {
      const list = lists[section];
      for await (const { key, row } of read(list, accountId, selection, range)) {
        yield fileOf(list, section, key, row);
      }
    },

    open: (file) => root.open(file.accountId, file.path),

    snapshot: (work) => database.snapshot((frozen) => work(createSource(lists, frozen, root))),
  };
}

/** Found by counting, before a single row was read. */
function foreign({ name }: SourceList): ExportFailure {
  return new ExportFailure('foreign_row', `The list ${name} counts rows of other accounts.`);
}

function fileOf(list: SourceList, section: FileSection, key: RowKey, row: RawValue[]): SourceFile {
  return {
    accountId: list.accountOf(row),
    section,
    key,
    fileId: list.needed(row, 'file_id'),
    path: list.text(row, 'path') ?? '',
    name: list.text(row, 'name') ?? '',
    sizeBytes: Number(list.text(row, 'size_bytes') ?? 0),
    createdAt: list.time(row, 'created_at'),
    jobId: list.text(row, 'job_id'),
    jobTitle: list.text(row, 'job_title'),
    candidateId: list.text(row, 'candidate_id'),
    candidateName: list.text(row, 'candidate_name'),
  };
}

function sameKey(a: RowKey, b: RowKey): boolean {
  return a.every((value, index) => value === b[index]);
}

function emptyTotals(): SourceTotals {
  return {
    rows: Object.fromEntries(DATA_SETS.map((name) => [name, 0])) as Record<DataSet, number>,
    files: { attachments: {}, cvs: {} },
  };
}
