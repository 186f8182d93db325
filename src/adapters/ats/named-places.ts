import type { Parameters } from './database.ts';

/** What may hold a colon that begins no name: texts, quoted names, comments, casts. */
const SKIPPED = String.raw`"(?:[^"]|"")*"|\x60[^\x60]*\x60|--[^\n]*|\/\*[\s\S]*?\*\/|::`;
const STANDARD = new RegExp(
  String.raw`'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|${SKIPPED}|:([A-Za-z_]\w*)`,
  'g',
);
/** In MySQL a backslash takes the meaning from a quote, and `#` begins a comment. */
const MYSQL = new RegExp(
  String.raw`'(?:[^'\\]|\\[\s\S]|'')*'|()"(?:[^"\\]|\\[\s\S]|"")*"|#[^\n]*|${SKIPPED}|:([A-Za-z_]\w*)`,
  'g',
);

/** Puts something in the place of each `:name` that has a value; other colons stay. */
export function fillPlaces(
  sql: string,
  flavour: 'standard' | 'mysql',
  parameters: Parameters,
  fill: (value: string | number | null) => string,
): string {
  return sql.replace(flavour === 'mysql' ? MYSQL : STANDARD, (found, _tag, name?: string) => {
    const value = name === undefined ? undefined : parameters[name];
    return name === undefined || value === undefined ? found : fill(value);
  });
}
