/** The records of a ZIP after PKWARE's APPNOTE 6.3.10, the plain kind: no ZIP64, no data descriptors. */

/** Sizes and offsets below this need no ZIP64; the value itself says "look in the ZIP64 field". */
export const MAX_ZIP_BYTES = 0xffff_fffe;
/** Likewise for the number of entries. */
export const MAX_ZIP_ENTRIES = 0xfffe;

export const STORED = 0;
export const DEFLATED = 8;

export type ZipEntry = {
  path: Buffer;
  /** ISO 8601 in UTC. */
  modifiedAt: string;
  method: typeof STORED | typeof DEFLATED;
  crc32: number;
  packedBytes: number;
  sizeBytes: number;
};

const VERSION_NEEDED = 20;
/** 3: Unix, so that the permissions below count; 20: version 2.0 of the format. */
const MADE_BY = (3 << 8) | 20;
/** Names are UTF-8. The only flag of our entries: no bit 3 (data descriptor), no bit 0 (encrypted). */
export const UTF8_FLAG = 1 << 11;
/** A regular file, rw-r--r--. */
const UNIX_MODE = 0o100644;

export function localHeader(entry: ZipEntry): Buffer {
  const header = Buffer.allocUnsafe(30 + entry.path.length);
  header.writeUInt32LE(0x04034b50, 0);
  common(entry, header, 4);
  entry.path.copy(header, 30);
  return header;
}

export function centralRecord(entry: ZipEntry, offset: number): Buffer {
  const record = Buffer.alloc(46 + entry.path.length);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY, 4);
  common(entry, record, 6);
  // Comment length, disk number and internal attributes stay 0.
  record.writeUInt32LE(UNIX_MODE * 0x10000, 38);
  record.writeUInt32LE(offset, 42);
  entry.path.copy(record, 46);
  return record;
}

export function endRecord(entries: number, centralBytes: number, centralOffset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(centralBytes, 12);
  record.writeUInt32LE(centralOffset, 16);
  return record;
}

/** The 26 bytes that local header and central record share. */
function common(entry: ZipEntry, target: Buffer, at: number): void {
  const { date, time } = dosTime(entry.modifiedAt);
  target.writeUInt16LE(VERSION_NEEDED, at);
  target.writeUInt16LE(UTF8_FLAG, at + 2);
  target.writeUInt16LE(entry.method, at + 4);
  target.writeUInt16LE(time, at + 6);
  target.writeUInt16LE(date, at + 8);
  target.writeUInt32LE(entry.crc32, at + 10);
  target.writeUInt32LE(entry.packedBytes, at + 14);
  target.writeUInt32LE(entry.sizeBytes, at + 18);
  target.writeUInt16LE(entry.path.length, at + 22);
  target.writeUInt16LE(0, at + 24);
}

/** Two-second steps from 1980 to 2107; UTC, so that the same rows give the same bytes on every machine. */
function dosTime(modifiedAt: string): { date: number; time: number } {
  const at = new Date(modifiedAt);
  const year = at.getUTCFullYear();
  // An unreadable date (NaN) fails both comparisons and is given the first day.
  if (!(year >= 1980 && year <= 2107)) return { date: (1 << 5) | 1, time: 0 };
  return {
    date: ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}
