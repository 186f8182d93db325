import type { CellValue, RowKey } from '../../domain/content.ts';
import { BrokenText, type RawValue } from './database.ts';
import { SourceProblem } from './source-problem.ts';

/** Where a value comes from, for messages: the source file, the query's key in it, and the column. */
export type Place = { file: string; query: string; column: string };

/** A value for a CSV cell: a number stays a number unless it has too many digits for one. */
export function cellOf(value: RawValue | undefined, place: Place): CellValue {
  if (value === undefined) return null;
  if (value instanceof BrokenText) {
    throw new SourceProblem(
      `${where(place)} holds text that is no valid UTF-8, and no CSV could show it; correct it in the database, or use hex(${place.column}).`,
    );
  }
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
  if (typeof cell === 'bigint' || (typeof cell === 'number' && !Number.isFinite(cell))) {
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
 * A time as ISO 8601 in UTC, with milliseconds, and with more digits where the database has more. A date alone is its
 * first moment; a time without a zone, such as SQLite's own "2026-01-31 10:00:00", is UTC. Null when it is no time.
 */
export function isoTimeOf(text: string): string | null {
  const match =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(
      text,
    );
  if (!match) return null;
  const [, day = '', clock = '00:00', fraction = '', zone = 'Z'] = match;
  const time = new Date(`${day}T${clock}${zone.length === 3 ? `${zone}:00` : zone}`);
  if (Number.isNaN(time.getTime())) return null;
  return `${time.toISOString().slice(0, 19)}.${fraction.padEnd(3, '0')}Z`;
}

function where(place: Place): string {
  return `${place.file}: column ${place.column} of ${place.query}`;
}
