import { aesField, zip64Field } from './extra-fields.ts';

/** The records of a ZIP after PKWARE's APPNOTE 6.3.10. Mostly the plain kind: ZIP64 and AES only where an entry needs them. */

/** Sizes and offsets up to this need no ZIP64; the next value says "look in the ZIP64 field". */
export const MAX_ZIP_BYTES = 0xffff_fffe;
/** Likewise for the number of entries. */
export const MAX_ZIP_ENTRIES = 0xfffe;

const IN_ZIP64_FIELD = 0xffff_ffff;

export const STORED = 0;
export const DEFLATED = 8;
export const ENCRYPTED = 99;

export type ZipEntry = {
  path: Buffer;
  /** ISO 8601 in UTC. */
  modifiedAt: string;
  method: typeof STORED | typeof DEFLATED;
  crc32: number;
  /** As it lies in the ZIP, with what encryption adds. */
  packedBytes: number;
  sizeBytes: number;
  isEncrypted: boolean;
  /** Where its local header stands. */
  offset: number;
  /** Its sizes have no room in four bytes. */
  isLarge: boolean;
};

const NONE = Buffer.alloc(0);

const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
const VERSION_AES = 51;
/** 3: Unix, so that the permissions below count. */
const MADE_BY_UNIX = 3 << 8;
/** Names are UTF-8. */
export const UTF8_FLAG = 1 << 11;
/** The only other flag of our entries: there is never bit 3 (data descriptor). */
export const ENCRYPTED_FLAG = 1;
/** A regular file, rw-r--r--. */
const UNIX_MODE = 0o100644;

export function localHeader(entry: ZipEntry): Buffer {
  const extra = extraFields(entry);
  const header = Buffer.allocUnsafe(30 + entry.path.length + extra.length);
  header.writeUInt32LE(0x04034b50, 0);
  common(entry, extra, header, 4);
  entry.path.copy(header, 30);
  extra.copy(header, 30 + entry.path.length);
  return header;
}

type Extra = Pick<ZipEntry, 'packedBytes' | 'sizeBytes' | 'isEncrypted' | 'isLarge'> & {
  method: number;
};

export function extraFields(entry: Extra): Buffer {
  if (!entry.isLarge && !entry.isEncrypted) return NONE;
  const { isLarge, sizeBytes, packedBytes, isEncrypted, method } = entry;
  return Buffer.concat([
    // Both or none, as a local header must have them.
    isLarge ? zip64Field([sizeBytes, packedBytes]) : NONE,
    isEncrypted ? aesField(method) : NONE,
  ]);
}

export function centralRecord(entry: ZipEntry): Buffer {
  const extra = extraFields(entry);
  const record = Buffer.allocUnsafe(46 + entry.path.length + extra.length).fill(0, 0, 46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY_UNIX | versionOf(entry), 4);
  common(entry, extra, record, 6);
  // Comment length, disk number and internal attributes stay 0.
  record.writeUInt32LE(UNIX_MODE * 0x10000, 38);
  record.writeUInt32LE(entry.offset, 42);
  entry.path.copy(record, 46);
  extra.copy(record, 46 + entry.path.length);
  return record;
}

/** The list of entries as a whole. */
export type Directory = { entries: number; bytes: number; offset: number };

/** The record at the end; with `zip64` the two that hold large numbers come before it (APPNOTE 4.3.14 and 4.3.15). */
export function endRecords({ entries, bytes, offset }: Directory, zip64: boolean): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(zip64 ? IN_ZIP64_FIELD : offset, 16);
  if (!zip64) return end;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x06064b50, 0);
  // The length of this record after this field.
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(MADE_BY_UNIX | VERSION_ZIP64, 12);
  large.writeUInt16LE(VERSION_ZIP64, 14);
  large.writeBigUInt64LE(BigInt(entries), 24);
  large.writeBigUInt64LE(BigInt(entries), 32);
  large.writeBigUInt64LE(BigInt(bytes), 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  // The locator: where the record above stands, on the only disk.
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(offset + bytes), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}

/** The 26 bytes that local header and central record share. */
function common(entry: ZipEntry, extra: Buffer, target: Buffer, at: number): void {
  const { date, time } = dosTime(entry.modifiedAt);
  const { isEncrypted, isLarge } = entry;
  target.writeUInt16LE(versionOf(entry), at);
  target.writeUInt16LE(UTF8_FLAG | (isEncrypted ? ENCRYPTED_FLAG : 0), at + 2);
  target.writeUInt16LE(isEncrypted ? ENCRYPTED : entry.method, at + 4);
  target.writeUInt16LE(time, at + 6);
  target.writeUInt16LE(date, at + 8);
  target.writeUInt32LE(isEncrypted ? 0 : entry.crc32, at + 10);
  target.writeUInt32LE(isLarge ? IN_ZIP64_FIELD : entry.packedBytes, at + 14);
  target.writeUInt32LE(isLarge ? IN_ZIP64_FIELD : entry.sizeBytes, at + 18);
  target.writeUInt16LE(entry.path.length, at + 22);
  target.writeUInt16LE(extra.length, at + 24);
}

function versionOf({ isEncrypted, isLarge }: ZipEntry): number {
  if (isEncrypted) return VERSION_AES;
  return isLarge ? VERSION_ZIP64 : VERSION_PLAIN;
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
