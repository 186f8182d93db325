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
import type { Source } from '../../ports/source.ts';
import { createFileOpener } from './files.ts';
import { amountsSql, countSql, pageSql } from './list-sql.ts';
import { FILE_COLUMNS, openList, type SourceList } from './list.ts';
import type { SourceDescription } from './source-file.ts';
import type { RawValue, SqliteReader } from './sqlite.ts';

/** Rows that are read at once. A page stays a few milliseconds, in the middle of a million rows too. */
const PAGE_ROWS = 1_000;

/** Data and files of the accounts, by the lists of a source file. */
export function createSqliteSource(source: SourceDescription, database: SqliteReader): Source {
  const dataSets = openLists(DATA_SETS, (name) =>
    openList(source.file, `data.${name}`, source.data[name], database),
  );
  const sections = openLists(['attachments', 'cvs'], (name) =>
    openList(source.file, `files.${name}`, source.files[name], database, FILE_COLUMNS),
  );

  const openFile = createFileOpener(source.folder);

  async function* read(
    list: SourceList,
    accountId: string,
    selection: Selection,
    range: KeyRange,
  ): AsyncGenerator<{ key: RowKey; row: RawValue[] }> {
    let after = range.after;
    for (;;) {
      const { sql, parameters } = pageSql(
        list.query,
        accountId,
        selection,
        { after, upTo: range.upTo },
        PAGE_ROWS + 1,
      );
      const rows = database.rows(list.name, sql, parameters);
      let last: RowKey | null = null;
      for (const [index, row] of rows.entries()) {
        const key = list.keyOf(row);
        if (last && sameKey(last, key)) throw list.keyNotUnique();
        if (index < PAGE_ROWS) yield { key, row };
        if (index < PAGE_ROWS) last = key;
      }
      if (rows.length <= PAGE_ROWS) return;
      after = last;
      // A consumer that never waits for I/O would otherwise hold up everything else in the process.
      await setImmediate();
    }
  }

  return {
    columns: (dataSet) => [...dataSets[dataSet].exported],

    async totals(accountId, selection) {
      const totals = emptyTotals();
      for (const name of DATA_SETS) {
        const list = dataSets[name];
        const { sql, parameters } = countSql(list.query, accountId, selection);
        const [count, keyless] = database.rows(list.name, sql, parameters)[0] ?? [];
        if (Number(keyless) > 0) throw list.keyIncomplete();
        totals.rows[name] = Number(count ?? 0);
        await setImmediate();
      }
      for (const name of ['attachments', 'cvs'] as const) {
        const list = sections[name];
        const { sql, parameters } = amountsSql(list.query, accountId, selection);
        for (const [job, count, bytes, keyless] of database.rows(list.name, sql, parameters)) {
          if (Number(keyless) > 0) throw list.keyIncomplete();
          totals.files[name][String(job)] = { count: Number(count), bytes: Number(bytes) };
        }
        await setImmediate();
      }
      return totals;
    },

    async *rows(accountId, dataSet, selection, range) {
      const list = dataSets[dataSet];
      for await (const { key, row } of read(list, accountId, selection, range)) {
        yield { accountId: list.accountOf(row), key, values: list.valuesOf(row) };
      }
    },

    async *files(accountId, section, selection, range) {
      const list = sections[section];
      for await (const { key, row } of read(list, accountId, selection, range)) {
        yield fileOf(list, section, key, row);
      }
    },

    open: (file) => openFile(file.accountId, file.path),
  };
}

function openLists<N extends DataSet | FileSection>(
  names: readonly N[],
  open: (name: N) => SourceList,
): Record<N, SourceList> {
  return Object.fromEntries(names.map((name) => [name, open(name)])) as Record<N, SourceList>;
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
