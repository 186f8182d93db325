import type { DataSet } from '../domain/content.ts';
import { ndjsonPath, ndjsonRow, rowSchema, schemaPath } from '../domain/ndjson.ts';
import type { Stretch } from '../domain/plan.ts';
import { CHUNK_CHARS, type PartScope, plannedDataRows } from './part-content.ts';
import type { Extra } from './viewer.ts';

/** The rows of a stretch once more as NDJSON, of the same moment as the CSV; with the first of them the schema. */
export function ndjsonOf(
  scope: PartScope,
  dataSet: DataSet,
  stretch: Stretch,
  { supplement, plannedAt }: { supplement: number | null; plannedAt: string },
): Extra[] {
  const columns = scope.source.columns(dataSet);
  const at = (path: string) => ({ path, modifiedAt: plannedAt });
  const rows = {
    head: at(ndjsonPath(dataSet, stretch.volume, supplement)),
    chunks: rowsOf(scope, dataSet, stretch, columns),
  };
  if (stretch.volume > 1) return [rows];
  const schema = Buffer.from(rowSchema(dataSet, columns));
  return [rows, { head: at(schemaPath(dataSet, supplement)), chunks: once(schema) }];
}

async function* rowsOf(
  scope: PartScope,
  dataSet: DataSet,
  stretch: Stretch,
  columns: readonly string[],
): AsyncIterable<Buffer> {
  // What differs from the plan was noted when the CSV was made.
  const again = { ...scope, differences: { missing: [], added: [] } };
  let text = '';
  for await (const { item } of stretch.upTo ? plannedDataRows(again, dataSet, stretch) : []) {
    text += ndjsonRow(columns, item.values);
    if (text.length < CHUNK_CHARS) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

async function* once(content: Buffer): AsyncIterable<Buffer> {
  yield content;
}
