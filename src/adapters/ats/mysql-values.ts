import { isUtf8 } from 'node:buffer';
import mysql, { type FieldPacket } from 'mysql2';
import { BrokenText, type Column, type RawValue } from './database.ts';
import { isoTimeOf } from './values.ts';

/** The words for the numbers that stand for types on the line. */
const WORDS = new Map(Object.entries(mysql.Types).map(([word, number]) => [Number(number), word]));

const INTEGERS = new Set(['TINY', 'SHORT', 'LONG', 'INT24', 'LONGLONG', 'YEAR']);
const FLOATS = new Set(['FLOAT', 'DOUBLE']);
const DECIMALS = new Set(['DECIMAL', 'NEWDECIMAL']);
const TIMES = new Set(['DATETIME', 'TIMESTAMP', 'DATETIME2', 'TIMESTAMP2', 'NEWDATE']);
/** Numbers of the "character set" of what is no text. */
const BINARY = 63;

export function columnOf(field: FieldPacket): Column {
  const word = wordOf(field);
  return { name: field.name, type: word.toLowerCase(), kind: kindOf(word, field.characterSet) };
}

/** True for an order other than that of code points. */
export function isByLanguage(collation: string): boolean {
  return !/^(utf8|utf8mb3|utf8mb4|ascii)_(\w+_)?bin$|^binary$|^null$/.test(collation);
}

function wordOf({ columnType, type }: FieldPacket): string {
  return WORDS.get(columnType ?? type ?? mysql.Types.VAR_STRING) ?? 'VAR_STRING';
}

function kindOf(word: string, characterSet: number | undefined): Column['kind'] {
  if (INTEGERS.has(word) || FLOATS.has(word) || DECIMALS.has(word) || word === 'BIT')
    return 'number';
  if (TIMES.has(word)) return 'time';
  if (/^(DATE|TIME2?|JSON|ENUM|SET)$/.test(word)) return 'text';
  return characterSet === BINARY ? 'binary' : 'text';
}

/** A value from the bytes of the text that the server sends for it. */
export function rawValue(bytes: Buffer | null, field: FieldPacket): RawValue {
  if (bytes === null) return null;
  const type = wordOf(field);
  if (type === 'BIT') return bytes.length ? BigInt(`0x${bytes.toString('hex')}`) : 0n;
  if (INTEGERS.has(type)) return BigInt(bytes.toString('latin1'));
  if (FLOATS.has(type)) return Number(bytes.toString('latin1'));
  if (DECIMALS.has(type)) return bytes.toString('latin1');
  if (TIMES.has(type)) return timeOf(bytes.toString('latin1'));
  if (type === 'DATE') return dateOf(bytes.toString('latin1'));
  if (kindOf(type, field.characterSet) === 'binary') return Buffer.from(bytes);
  return isUtf8(bytes) ? bytes.toString('utf8') : new BrokenText();
}

/** "0000-00-00" is how MySQL says that there is no date. */
function timeOf(text: string): string | null {
  return text.startsWith('0000-00-00') ? null : (isoTimeOf(text) ?? text);
}

function dateOf(text: string): string | null {
  return text === '0000-00-00' ? null : text;
}

/** A value as it stands in SQL. Text that is not plain goes as its bytes: nothing in it can end it. */
export function literal(value: string | number | null): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (/^[\w@.+ :/-]*$/.test(value)) return `'${value}'`;
  return `_utf8mb4 x'${Buffer.from(value).toString('hex')}'`;
}
