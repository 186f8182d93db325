import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';

/** A source file, or the database behind it, that cannot be used. The message says what is wrong and where. */
export class SourceProblem extends Error {
  /** The database says that a value cannot be one of the column that it is compared with. */
  readonly isRefusedValue: boolean;

  constructor(message: string, options: ErrorOptions & { isRefusedValue?: boolean } = {}) {
    super(message, options);
    this.name = 'SourceProblem';
    this.isRefusedValue = options.isRefusedValue ?? false;
  }
}

/** What an error says; one of several addresses that were tried says nothing but its code. */
export function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}

/** No query was asked yet: something about the address is wrong, or the server is. */
export function unreachable(file: string, key: string, cause: unknown): SourceProblem {
  const message = `${file}: the database of ${key} cannot be used: ${messageOf(cause)}; check the address, the password, and that the server lets Waybill in.`;
  return new SourceProblem(message, { cause });
}

type Path = readonly PropertyKey[];

/** The first thing that is wrong with a source file, as one sentence with file, line and key. */
export function problemAt(
  file: string,
  document: Document,
  lines: LineCounter,
  issue: z.core.$ZodIssue | undefined,
): string {
  if (!issue) return `${file} is not a source file.`;
  if (issue.code === 'unrecognized_keys') {
    const key = [...issue.path, issue.keys[0] ?? ''];
    if (name(key) === 'preset') {
      return `${file}, line ${lineOf(document, lines, key)}: preset is not right (the only one is opencats).`;
    }
    return `${file}, line ${lineOf(document, lines, key)}: ${name(key)} is not a key of a source file; remove it or check its spelling.`;
  }
  const line = lineOf(document, lines, issue.path);
  const value = document.getIn(issue.path);
  if (value === undefined) return `${file}, line ${line}: ${name(issue.path)} is missing; add it.`;
  return `${file}, line ${line}: ${name(issue.path)} is not right (${lowerFirst(issue.message)}).`;
}

/** The line of a key, or of the nearest one above it that exists. */
function lineOf(document: Document, lines: LineCounter, keys: Path): number {
  for (let length = keys.length; length > 0; length--) {
    const parent = document.getIn(keys.slice(0, length - 1), true) ?? document.contents;
    const offset = offsetOfKey(parent, keys[length - 1]);
    if (offset !== null) return lines.linePos(offset).line;
  }
  return 1;
}

function offsetOfKey(parent: unknown, key: PropertyKey | undefined): number | null {
  for (const { key: node } of pairsOf(parent)) {
    if (isScalarLike(node) && node.value === key) return node.range?.[0] ?? null;
  }
  return null;
}

function pairsOf(node: unknown): { key: unknown }[] {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)
    ? node.items.filter((item) => typeof item === 'object' && item !== null && 'key' in item)
    : [];
}

function isScalarLike(node: unknown): node is { value: unknown; range?: number[] } {
  return typeof node === 'object' && node !== null && 'value' in node;
}

function name(keys: Path): string {
  return keys.length > 0 ? keys.map(String).join('.') : 'the file';
}

function lowerFirst(text: string): string {
  // A name in capitals stays one.
  return /^[A-Z]{2}|^\w*_/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
