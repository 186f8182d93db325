const MAX_CHARS = 80;

/** Marks that turn the reading direction or cannot be seen. Joiners stay: emoji and Persian need them. */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * A name from outside as it may stand in a sentence, a subject or a header: one line, nothing invisible, not endless.
 * One that is written from right to left is isolated (Unicode UAX #9), so that it leaves the words around it in order.
 */
export function sayName(name: string): string {
  const line = name
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const short = line.length > MAX_CHARS ? `${cut(line)}…` : line;
  return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
}

/** Cuts between what a reader takes for one character. */
function cut(line: string): string {
  let text = '';
  for (const { segment } of new Intl.Segmenter('en').segment(line)) {
    if (text.length + segment.length >= MAX_CHARS) break;
    text += segment;
  }
  return text;
}
