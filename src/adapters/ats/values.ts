import type { CellValue, RowKey } from '../../domain/content.ts';
import { SourceProblem } from './source-problem.ts';
import type { RawValue } from './sqlite.ts';

/** Where a value comes from, for messages: the source file, the query's key in it, and the column. */
export type Place = { file: string; query: string; column: string };

/** A value for a CSV cell: a number stays a number unless it has too many digits for one. */
export function cellOf(value: RawValue | undefined, place: Place): CellValue {
  if (value === undefined) return null;
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
      ? Number(value)
      : value;
  }
  if (Buffer.isBuffer(value)) {
    throw new SourceProblem(
      `${where(place)} holds binary data, which a CSV cannot; leave it out, or use hex(${place.column}).`,
    );
  }
  return value;
}

/** A value for a key: text or a number that compares exactly. */
export function keyValueOf(value: RawValue | undefined, place: Place): RowKey[number] {
  const cell = cellOf(value, place);
  if (cell === null) {
    throw new SourceProblem(
      `${where(place)} is part of the key and has a row without a value; use coalesce(${place.column}, '').`,
    );
  }
  if (typeof cell === 'bigint') {
    throw new SourceProblem(
      `${where(place)} is part of the key and has a number of more than 15 digits; use cast(${place.column} as text).`,
    );
  }
  return cell;
}

/** A value as text; NULL and empty text are null. */
export function textOf(value: RawValue | undefined, place: Place): string | null {
  const cell = cellOf(value, place);
  return cell === null || cell === '' ? null : String(cell);
}

/**
 * A time as ISO 8601 in UTC. A date alone is its first moment; SQLite's own "2026-01-31 10:00:00" is UTC.
 * Null when it is no time.
 */
export function isoTimeOf(text: string): string | null {
  const dateOnly = /^\d{4}-\d\d-\d\d$/.test(text);
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(
    text,
  );
  if (!dateOnly && !match) return null;
  const time = new Date(match ? `${match[1]}T${match[2]}${match[3] ?? 'Z'}` : `${text}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function where(place: Place): string {
  return `${place.file}: column ${place.column} of ${place.query}`;
}
