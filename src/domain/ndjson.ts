import { dataSetPath } from './archive.ts';
import type { CellValue, DataSet } from './content.ts';

/** Where the NDJSON of a data set stands, beside its CSV. */
export function ndjsonPath(dataSet: DataSet, volume: number, supplement: number | null): string {
  return dataSetPath(dataSet, volume, supplement).replace(/csv$/, 'ndjson');
}

/** Where the schema of the rows stands. */
export function schemaPath(dataSet: DataSet, supplement: number | null): string {
  return dataSetPath(dataSet, 1, supplement).replace(/csv$/, 'schema.json');
}

/** One row as a line of JSON. A NULL is null, and a whole number keeps every digit. */
export function ndjsonRow(columns: readonly string[], values: readonly CellValue[]): string {
  const cells = columns.map(
    (column, index) => `${JSON.stringify(column)}:${jsonValue(values[index] ?? null)}`,
  );
  return `{${cells.join(',')}}\n`;
}

function jsonValue(value: CellValue): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  return value === null ? 'null' : JSON.stringify(value.toWellFormed());
}

/**
 * What every row is, as JSON Schema 2020-12. The types are those that any source may give: a text, a number, or
 * nothing; times are texts in ISO 8601, and decimals are texts so that no digit is lost.
 */
export function rowSchema(dataSet: DataSet, columns: readonly string[]): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: dataSet,
    description: `One line of ${dataSet}.ndjson.`,
    type: 'object',
    properties: Object.fromEntries(
      columns.map((column) => [column, { type: ['string', 'number', 'null'] }]),
    ),
    required: columns,
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
