import { fold } from './normalise.ts';
import { withoutElision } from './tokens.ts';

/** The words of a concept, found by exact word, by stem, or by phrase. */
type Phrase = { parts: readonly string[]; concept: number };

/** What the words of six languages have in common: "expired", "abgelaufen" and "caducado" are one concept. */
export type Lexicon = {
  names: readonly string[];
  words: ReadonlyMap<string, readonly number[]>;
  stems: ReadonlyMap<string, readonly number[]>;
  /** By first word, or by the first three letters of a first word that is a stem. */
  phrases: ReadonlyMap<string, readonly Phrase[]>;
};

const SHORTEST_STEM = 3;

/** Reads lines `NAME: term, term*, two words`; a star ends a stem, `#` begins a comment. */
export function parseLexicon(text: string): Lexicon {
  const names: string[] = [];
  const words = new Map<string, number[]>();
  const stems = new Map<string, number[]>();
  const phrases = new Map<string, Phrase[]>();
  for (const line of text.split('\n')) {
    const [name, terms] = line.startsWith('#') ? [] : line.split(/:(.*)/s);
    if (!name || !terms) continue;
    const known = names.indexOf(name.trim());
    const concept = known >= 0 ? known : names.push(name.trim()) - 1;
    for (const term of new Set(terms.split(',').flatMap(spellings))) {
      const parts = term.split(' ');
      if (parts.length > 1) {
        const key = phraseKey(parts[0] ?? '');
        phrases.set(key, [...(phrases.get(key) ?? []), { parts, concept }]);
      } else if (term.endsWith('*')) add(stems, term.slice(0, -1), concept);
      else if (term) add(words, term, concept);
    }
  }
  return { names, words, stems, phrases };
}

/** Without accents, and as one types who has no umlauts. */
function spellings(term: string): string[] {
  const plain = term.trim().toLowerCase();
  const typed = plain.replace(/[äöü]/g, (c) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[c] ?? c);
  return [plain, typed].map((spelling) => withoutElision(fold(spelling)));
}

function phraseKey(first: string): string {
  return first.endsWith('*') ? first.slice(0, SHORTEST_STEM) : first;
}

function add(map: Map<string, number[]>, key: string, concept: number): void {
  const known = map.get(key);
  if (!known) map.set(key, [concept]);
  else if (!known.includes(concept)) known.push(concept);
}

/** The concepts of a text's words, in order; a word may stand for several. */
export function conceptsOf(lexicon: Lexicon, tokens: readonly string[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    for (const concept of conceptsAt(lexicon, tokens, at)) {
      if (found.at(-1) !== concept) found.push(concept);
    }
  }
  return found;
}

function conceptsAt(lexicon: Lexicon, tokens: readonly string[], at: number): number[] {
  const token = tokens[at] ?? '';
  const found: number[] = [];
  for (const key of [token, token.slice(0, SHORTEST_STEM)]) {
    for (const { parts, concept } of lexicon.phrases.get(key) ?? []) {
      if (parts.every((part, i) => matches(part, tokens[at + i]))) found.push(concept);
    }
  }
  found.push(...wordConcepts(lexicon, token));
  return [...new Set(found)];
}

/** The concepts of one word alone. */
function wordConcepts(lexicon: Lexicon, token: string): number[] {
  const found = [...(lexicon.words.get(token) ?? [])];
  for (let end = SHORTEST_STEM; end <= token.length; end++) {
    const stem = lexicon.stems.get(token.slice(0, end));
    if (stem) found.push(...stem);
  }
  return found;
}

function matches(part: string, token: string | undefined): boolean {
  if (token === undefined) return false;
  return part.endsWith('*') ? token.startsWith(part.slice(0, -1)) : token === part;
}
