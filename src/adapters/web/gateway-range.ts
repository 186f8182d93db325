/** Which bytes of a file a request wants; both ends included. */
export type Wanted =
  | { bytes: 'all' }
  | { bytes: 'some'; start: number; end: number }
  /** None that the file has: 416. */
  | { bytes: 'none' };

export type RangeHeaders = {
  range?: string | undefined;
  'if-range'?: string | string[] | undefined;
  'if-none-match'?: string | undefined;
};

/**
 * Reads Range and If-Range (RFC 9110, sections 13.1.5 and 14). One range is served; a request for several, one that
 * is no range of bytes and one for another version of the file get the whole file, as the standard allows.
 * @param etag the file's strong tag, with its quotes
 */
export function wantedBytes(headers: RangeHeaders, sizeBytes: number, etag: string): Wanted {
  const ifRange = headers['if-range'];
  if (headers.range === undefined || (ifRange !== undefined && ifRange !== etag)) {
    return { bytes: 'all' };
  }
  const [, from = '', to = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(headers.range) ?? [];
  if (from === '' && to === '') return { bytes: 'all' };
  if (from === '') return span(Math.max(0, sizeBytes - Number(to)), sizeBytes - 1);
  const end = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < Number(from)) return { bytes: 'all' };
  return span(Number(from), end);
}

function span(start: number, end: number): Wanted {
  return start <= end ? { bytes: 'some', start, end } : { bytes: 'none' };
}

/** True when the reader has this very file already (RFC 9110, section 13.1.2). */
export function hasItAlready(headers: RangeHeaders, etag: string): boolean {
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags !== undefined && (tags.includes(etag) || tags.includes('*'));
}
