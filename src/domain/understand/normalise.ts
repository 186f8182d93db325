/** Nobody types more than this; what is longer was pasted. */
const MAX_CHARACTERS = 4_000;
/** Above this share of characters that nobody types, the message is no text. */
const MAX_UNREADABLE = 0.2;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** A message as plain text: capped, without markup, control characters, quoted history and signature. */
export function normalise(message: string): string {
  const capped = message.slice(0, MAX_CHARACTERS).normalize('NFKC');
  const unreadable = capped.match(/[\p{Cc}\p{Co}\p{Cn}\uFFFD]/gu)?.filter((c) => !/\s/.test(c));
  if ((unreadable?.length ?? 0) > capped.length * MAX_UNREADABLE) return '';
  return withoutQuotes(
    withoutMarkup(capped)
      .replace(/[‘’ʼ`´]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/[‐‑‒–—]/g, '-')
      .replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
      .replace(/[^\P{C}\n\t\r]/gu, ' '),
  )
    .replace(/[ \t\r]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

/** Only what is a tag of HTML: the job "C++ & <Go>" keeps its name. */
const TAG =
  /<!--[\s\S]*?-->|<\/?(?:a|b|i|u|s|em|strong|span|font|center|blockquote|pre|code|hr|img|table|thead|tbody|td|th|ul|ol|html|head|body|meta|link|title|form|input|button|textarea|select|option|iframe|object|embed|svg|math|video|audio|script|style|o:p)\b[^>]*>|<!doctype[^>]*>/gi;

function withoutMarkup(text: string): string {
  return text
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<\/?(p|div|br|li|tr|h[1-6])\b[^>]*>/gi, '\n')
    .replace(TAG, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ' ')
    .replace(/&#39;/g, "'");
}

/** Drops what a mail program adds: the quoted message before, and what stands below `-- `. */
function withoutQuotes(text: string): string {
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\s*(-- ?$|_{5,}|-{2,}\s*original message|on .{5,200} wrote:\s*$)/i.test(line)) break;
    if (!/^\s*>/.test(line)) kept.push(line);
  }
  return kept.join('\n');
}

/** Text for comparing: lower case, without accents. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}
