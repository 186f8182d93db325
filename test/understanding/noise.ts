import { createRandom, type Random } from '../../src/domain/understand/random.ts';

/** Ways in which real messages are worse than tidy ones. Other code than what the examples are varied with. */
export const NOISES: Record<string, (text: string, random: Random) => string> = {
  typos: (text, random) =>
    text.replace(/\p{L}{5,}/gu, (word) => (random() < 0.25 ? typo(word, random) : word)),
  shouting: (text) => `${text.toUpperCase()}!!!`,
  signature: (text) =>
    `${text}\n\nKind regards,\nMartina Keller\nHead of Talent | Keller & Sons GmbH\n+49 89 1234567`,
  history: (text) =>
    `${text}\n\nOn Tue, 3 Mar 2026 at 10:12, Support <support@ats.example> wrote:\n> Your links have expired, please ask for an extension.\n> Do you want to cancel the export?`,
  accents: (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
};

/** The same messages with one kind of noise, the same every time. */
export function noisy<T extends { text: string }>(set: readonly T[], kind: string): T[] {
  const random = createRandom(5);
  const noise = NOISES[kind];
  return noise ? set.map((one) => ({ ...one, text: noise(one.text, random) })) : [...set];
}

/** A neighbour on the keyboard, a letter too few, or two in the wrong order. */
function typo(word: string, random: Random): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const kind = Math.floor(random() * 3);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) {
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  }
  return word.slice(0, at) + neighbour(word.charAt(at)) + word.slice(at + 1);
}

function neighbour(letter: string): string {
  const rows = 'qwertyuiopasdfghjklzxcvbnm';
  const at = rows.indexOf(letter.toLowerCase());
  return at < 0 ? letter : rows.charAt((at + 1) % rows.length);
}
