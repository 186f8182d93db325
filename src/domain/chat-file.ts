/** A kind of file that a customer may send: the endings of its name, and how its first bytes look. */
type FileKind = { endings: string[]; contentType: string; looksLike(head: Uint8Array): boolean };

/** As much of a file's beginning as telling its kind takes. */
export const HEAD_BYTES = 4096;

const KINDS: FileKind[] = [
  { endings: ['png'], contentType: 'image/png', looksLike: begins('\x89PNG\r\n\x1a\n') },
  { endings: ['jpg', 'jpeg'], contentType: 'image/jpeg', looksLike: begins('\xff\xd8\xff') },
  { endings: ['gif'], contentType: 'image/gif', looksLike: begins('GIF8') },
  {
    endings: ['webp'],
    contentType: 'image/webp',
    looksLike: (head) => begins('RIFF')(head) && begins('WEBP')(head.subarray(8)),
  },
  { endings: ['pdf'], contentType: 'application/pdf', looksLike: begins('%PDF-') },
  {
    endings: ['zip'],
    contentType: 'application/zip',
    looksLike: (head) => begins('PK\x03\x04')(head) || begins('PK\x05\x06')(head),
  },
  { endings: ['csv', 'tsv'], contentType: 'text/csv', looksLike: isText },
  { endings: ['txt', 'text', 'log', 'md'], contentType: 'text/plain', looksLike: isText },
];

/** For the file picker of the page. */
export const ACCEPTED_ENDINGS = KINDS.flatMap((kind) => kind.endings.map((end) => `.${end}`));

export const WRONG_KIND_SENTENCE =
  'Only pictures (PNG, JPEG, GIF, WebP), PDF, text, CSV and ZIP files can be sent here.';

/** True when the name ends like one of the kinds. */
export function hasAcceptedEnding(name: string): boolean {
  return kindByName(name) !== null;
}

/**
 * The content type of a file, or null when it is none of the kinds, or not the kind that its name says.
 * What the browser claims does not count.
 */
export function contentTypeOf(name: string, head: Uint8Array): string | null {
  const kind = kindByName(name);
  return kind?.looksLike(head) ? kind.contentType : null;
}

function kindByName(name: string): FileKind | null {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return KINDS.find((kind) => ending !== undefined && kind.endings.includes(ending)) ?? null;
}

function begins(magic: string): (head: Uint8Array) => boolean {
  return (head) =>
    head.length >= magic.length &&
    [...magic].every((char, index) => head[index] === char.charCodeAt(0));
}

/** Text in any encoding that spreadsheets write: no NUL, unless a UTF-16 mark stands in front. */
function isText(head: Uint8Array): boolean {
  const isUtf16 = begins('\xff\xfe')(head) || begins('\xfe\xff')(head);
  return isUtf16 || !head.includes(0);
}
