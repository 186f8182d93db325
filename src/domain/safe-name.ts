/** Windows keeps these for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Marks that turn the reading direction (`fdp.exe` shown as `exe.pdf`) or cannot be seen. Joiners stay: emoji and Persian need them. */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;

const FORBIDDEN = /[<>:"|?*\p{Cc}\p{Noncharacter_Code_Point}]/gu;

/** 255 bytes is the limit of Linux and macOS file systems; room is left for what extractors append. */
const MAX_BYTES = 200;

/**
 * A file name that every system can hold: NFC, at most `maxUnits` UTF-16 units and 200 bytes, never empty, the
 * extension kept. `suffix` goes before the extension. It never ends in `)`, as all folder names do, so a file and
 * a folder in one place cannot have the same name.
 */
export function safeFileName(name: string, maxUnits: number, suffix = ''): string {
  const clean = safeText(name);
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - extension.length) || 'file';
  const end = extension || !/\)$/.test(stem + suffix) ? suffix + extension : `${suffix}_`;
  return (shorten(stem, maxUnits - end.length, MAX_BYTES - byteLength(end)) + end).normalize('NFC');
}

/** `<title> (<id>)`, unique without regard to case because the id is. */
export function safeFolderName(title: string, id: string, fallback: string, maxUnits: number) {
  const end = ` (${safeId(id)})`;
  const stem = shorten(safeText(title) || fallback, maxUnits - end.length, MAX_BYTES - end.length);
  return (stem + end).normalize('NFC');
}

/**
 * An id as it may stand in a name. Upper and lower case mixed (two ids may then differ in case only), unusual
 * characters and great length get a hash of the exact id.
 */
function safeId(id: string): string {
  const oneCase = id === id.toLowerCase() || id === id.toUpperCase() || UUID.test(id);
  if (/^[\w.-]{1,36}$/.test(id) && oneCase) return id;
  return `${id.replace(/[^\w.-]+/g, '_').slice(0, 20)}~${hash53(id)}`;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Text with nothing in it that a file system, an extractor or a reader could stumble over; may be empty. */
function safeText(text: string): string {
  let clean = text.toWellFormed().normalize('NFC').replace(INVISIBLE, '');
  if (/[/\\]/.test(clean)) clean = withoutPath(clean);
  clean = clean.replace(/\s+/g, ' ').replace(FORBIDDEN, '_').normalize('NFC');
  // A name that is nothing but an extension keeps it; other leading dots would hide the file.
  clean = ONLY_EXTENSION.test(clean) ? `file${clean}` : clean.replace(/^[. ]+|[. ]+$/g, '');
  return RESERVED.test(clean.replace(/ *(\..*)?$/s, '')) ? `_${clean}` : clean;
}

const ONLY_EXTENSION = /^\.[\p{L}\p{N}]{1,10}$/u;

/** `../../etc/passwd` becomes `etc_passwd`. */
function withoutPath(text: string): string {
  const names = text.split(/[/\\]+/).filter((name) => !/^[\s.]*$/.test(name));
  return names.join('_');
}

/** Cuts between what a reader takes for one character, so that no emoji or accent is torn. */
function shorten(text: string, maxUnits: number, maxBytes: number): string {
  if (text.length <= maxUnits && byteLength(text) <= maxBytes) return text;
  const whole = cut(GRAPHEMES.segment(text), maxUnits, maxBytes);
  // A single "character" can be endless (one letter with a thousand accents): then cut between code points.
  return whole || cut(codePoints(text), maxUnits, maxBytes) || '_';
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cut(segments: Iterable<{ segment: string }>, maxUnits: number, maxBytes: number): string {
  let text = '';
  let bytes = 0;
  for (const { segment } of segments) {
    bytes += byteLength(segment);
    if (text.length + segment.length > maxUnits || bytes > maxBytes) break;
    text += segment;
  }
  return text.replace(/[. ]+$/, '');
}

function* codePoints(text: string): Iterable<{ segment: string }> {
  for (const segment of text) yield { segment };
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** 53 bits over UTF-16 units (cyrb53, public domain), in letters and digits of one case. */
function hash53(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
