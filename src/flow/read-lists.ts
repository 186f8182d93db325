import type {
  DataSet,
  FileSection,
  KeyRange,
  ListName,
  RowKey,
  Selection,
  SourceFile,
  SourceRow,
} from '../domain/content.ts';
import { ExportFailure, ForeignRow, throwIfCancelled } from '../domain/failure.ts';
import type { ExportOptions } from '../domain/options.ts';
import type { Source } from '../ports/source.ts';

/** Whose lists are read, and which part of them. */
export type ListScope = {
  source: Source;
  accountId: string;
  options: ExportOptions;
  signal: AbortSignal;
};

export function selectionOf({ jobs, from, to }: ExportOptions): Selection {
  return { jobs, from, to };
}

/** Rows of a data set. @throws ForeignRow, ExportFailure `cancelled` */
export async function* dataRows(
  scope: ListScope,
  dataSet: DataSet,
  range: KeyRange,
): AsyncIterable<SourceRow> {
  const { source, accountId, options } = scope;
  try {
    const columns = source.columns(dataSet).length;
    for await (const row of source.rows(accountId, dataSet, selectionOf(options), range)) {
      guard(scope, dataSet, row);
      if (row.values.length !== columns) throw notOfHeader(dataSet, row, columns);
      yield row;
    }
  } catch (error) {
    throw sourceFailure(error);
  }
}

/** Files of a section. @throws ForeignRow, ExportFailure `cancelled` */
export async function* fileRows(
  scope: ListScope,
  section: FileSection,
  range: KeyRange,
): AsyncIterable<SourceFile> {
  const { source, accountId, options } = scope;
  try {
    for await (const file of source.files(accountId, section, selectionOf(options), range)) {
      guard(scope, section, file);
      yield file;
    }
  } catch (error) {
    throw sourceFailure(error);
  }
}

/** Nothing of another account may leave; looked at again for every row, whatever the source's SQL promises. */
function guard(scope: ListScope, list: ListName, row: { accountId: string; key: RowKey }): void {
  throwIfCancelled(scope.signal);
  if (row.accountId !== scope.accountId) throw new ForeignRow(list, row.key);
}

function notOfHeader(dataSet: DataSet, row: SourceRow, columns: number): ExportFailure {
  return new ExportFailure(
    'source_unreadable',
    `A row of ${dataSet} has ${row.values.length} values for ${columns} columns (key ${JSON.stringify(row.key)}).`,
  );
}

/** A source says in its own words what is wrong with it. */
export function sourceFailure(error: unknown): ExportFailure {
  if (error instanceof ExportFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ExportFailure('source_unreadable', message, { cause: error });
}
