import { LIMITS } from './chat-view.ts';

/** With more control characters than a few, and above this share, a text is taken for the content of a file. */
const FEW = 3;
const BINARY_SHARE = 0.05;

const CONTROL = /[^\P{Cc}\n\t]|[\ufffe\uffff]/gu;

export type CleanText = { ok: true; text: string } | { ok: false; code: string; sentence: string };

/**
 * A customer's words, as they are stored: line ends as `\n`, no control characters, nothing around them.
 * Refused when they are too long, or are a file's content rather than words. May be empty. Page and server
 * both use it, so that they agree on what was sent.
 */
export function cleanText(raw: string): CleanText {
  const lines = raw.toWellFormed().replace(/\r\n?/g, '\n');
  const odd = (lines.match(CONTROL)?.length ?? 0) + (lines.match(/\ufffd/g)?.length ?? 0);
  if (lines.includes('\0') || odd > Math.max(FEW, lines.length * BINARY_SHARE)) {
    return {
      ok: false,
      code: 'binary',
      sentence:
        'This looks like the content of a file, not like a message. Please attach the file instead.',
    };
  }
  const text = lines.replace(CONTROL, '').trim();
  if (text.length > LIMITS.textChars) {
    return {
      ok: false,
      code: 'too_long',
      sentence: `This message is longer than ${LIMITS.textChars.toLocaleString('en-GB')} characters. Please shorten it, or attach it as a text file.`,
    };
  }
  return { ok: true, text };
}
