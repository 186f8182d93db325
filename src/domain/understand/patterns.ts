import { createRandom } from './random.ts';

/** So many messages of one pattern say all that it can teach. */
const MOST = 14;

/** Messages that a pattern stands for: `(can you|please) extend (it|the links)`, always the same ones. */
export function expand(pattern: string): string[] {
  const pieces = pattern
    .split(/\(([^()]*)\)/)
    .map((piece, i) => (i % 2 ? piece.split('|') : [piece]));
  const random = createRandom(pattern.length * 31 + (pattern.codePointAt(0) ?? 0));
  const wanted = Math.min(
    MOST,
    pieces.reduce((count, piece) => count * piece.length, 1),
  );
  const made = new Set<string>();
  for (let tries = 0; made.size < wanted && tries < wanted * 4; tries++) {
    const words = pieces.map((piece) => piece[Math.floor(random() * piece.length)] ?? '');
    made.add(words.join('').replace(/\s+/g, ' ').trim());
  }
  return [...made];
}
