import type { Column, RawValue } from './database.ts';
import { isoTimeOf } from './values.ts';

/** Types by their numbers in pg_type, which never change. */
const TYPES: Record<number, [name: string, kind: Column['kind']]> = {
  16: ['boolean', 'text'],
  17: ['bytea', 'binary'],
  19: ['name', 'text'],
  20: ['bigint', 'number'],
  21: ['smallint', 'number'],
  23: ['integer', 'number'],
  25: ['text', 'text'],
  26: ['oid', 'number'],
  114: ['json', 'text'],
  700: ['real', 'number'],
  701: ['double precision', 'number'],
  1042: ['character', 'text'],
  1043: ['character varying', 'text'],
  1082: ['date', 'text'],
  1114: ['timestamp', 'time'],
  1184: ['timestamp with time zone', 'time'],
  1700: ['numeric', 'number'],
  2950: ['uuid', 'text'],
  3802: ['jsonb', 'text'],
};
const INTEGERS = new Set([20, 21, 23, 26]);
const FLOATS = new Set([700, 701]);
/** Their order is that of a language unless we say otherwise. */
const COLLATED = new Set(['text', 'character', 'character varying']);

/** @param byLanguage true when the database orders text in another way than by code points */
export function columnOf(name: string, type: number, byLanguage: boolean): Column {
  const [word, kind] = TYPES[type] ?? [`type ${type}`, 'text'];
  return { name, type: word, kind, byLanguage: byLanguage && COLLATED.has(word) };
}

/** A value from the text that PostgreSQL sends for it. */
export function rawValue(text: string | null, type: number | undefined): RawValue {
  if (text === null || type === undefined) return text;
  if (INTEGERS.has(type)) return BigInt(text);
  if (FLOATS.has(type)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : text;
  }
  if (type === 1114 || type === 1184) return isoTimeOf(text) ?? text;
  if (type === 16) return text === 't' ? 'true' : 'false';
  if (type === 17) return Buffer.from(text.slice(2), 'hex');
  return text;
}
