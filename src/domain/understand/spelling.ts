/** Words that are known, and a way from a mistyped word to the known one. */
export type Spelling = { known: ReadonlySet<string>; near: ReadonlyMap<string, string> };

/** Shorter words are too near to one another. */
const SHORTEST = 5;

/** `words` come with the most frequent first: of two that are equally near, the first is taken. */
export function createSpelling(words: readonly string[]): Spelling {
  const near = new Map<string, string>();
  for (const word of words) {
    if (word.length < SHORTEST - 1 || word.includes(' ')) continue;
    for (const key of deletions(word)) if (!near.has(key)) near.set(key, word);
  }
  return { known: new Set(words), near };
}

/** The known word that is one slip away (a letter missing, added, wrong, or two swapped), else the word itself. */
export function corrected({ known, near }: Spelling, word: string): string {
  if (word.length < SHORTEST || known.has(word)) return word;
  const shortened = near.get(word);
  if (shortened) return shortened;
  for (const key of deletions(word)) {
    if (known.has(key) && key.length >= SHORTEST - 1) return key;
    const other = near.get(key);
    if (other && isOneSlip(other, word)) return other;
  }
  return word;
}

function deletions(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** One letter is another one, or two neighbours are swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
