import type { RowKey } from './content.ts';

/**
 * The order in which every source gives its lists, whatever its database: numbers by size, text by code points, and
 * a number before a text. (JavaScript's `<` goes by UTF-16, which puts emoji before some Chinese.)
 */
export function compareKeys(a: RowKey, b: RowKey): number {
  for (let index = 0; index < a.length || index < b.length; index++) {
    const order = compareValues(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: RowKey[number] | undefined, b: RowKey[number] | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  if (typeof a === 'number' || typeof b === 'number') {
    if (typeof a === typeof b) return a < b ? -1 : 1;
    return typeof a === 'number' ? -1 : 1;
  }
  return compareText(a, b);
}

function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const one = a.charCodeAt(index);
    const other = b.charCodeAt(index);
    if (one !== other) return codePointRank(one) - codePointRank(other);
  }
  return a.length - b.length;
}

/** Halves of a surrogate pair stand for code points above all others. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}

/** One row of the plan, or of the list as it is now, and where it was found. */
export type KeyMatch<P, T> =
  | { is: 'planned_and_there'; planned: P; item: T }
  /** The plan has it, the list has it no longer. */
  | { is: 'vanished'; planned: P }
  /** The list has it, the plan has not. */
  | { is: 'added'; item: T };

type Keyed = { key: RowKey };

/** Lays the rows of a plan and a list side by side; both in key order, neither held in memory. */
export async function* matchKeys<P extends Keyed, T extends Keyed>(
  planned: AsyncIterable<P> | Iterable<P>,
  list: AsyncIterable<T>,
): AsyncGenerator<KeyMatch<P, T>> {
  const rows = iteratorOf(planned);
  try {
    let next = await rows.next();
    for await (const item of list) {
      for (; !next.done && compareKeys(next.value.key, item.key) < 0; next = await rows.next()) {
        yield { is: 'vanished', planned: next.value };
      }
      if (!next.done && compareKeys(next.value.key, item.key) === 0) {
        yield { is: 'planned_and_there', planned: next.value, item };
        next = await rows.next();
      } else {
        yield { is: 'added', item };
      }
    }
    for (; !next.done; next = await rows.next()) yield { is: 'vanished', planned: next.value };
  } finally {
    await rows.return?.();
  }
}

function iteratorOf<T>(items: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}
