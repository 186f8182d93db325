import { parseExtraFields } from './extra-fields.ts';
import {
  type Directory,
  ENCRYPTED,
  ENCRYPTED_FLAG,
  endRecords,
  extraFields,
  UTF8_FLAG,
} from './records.ts';

/** An entry as the central directory has it. */
export type CentralEntry = {
  name: string;
  nameBytes: Buffer;
  /** How its bytes are packed, below the encryption if there is one. */
  method: number;
  isEncrypted: boolean;
  crc32: number;
  packedBytes: number;
  sizeBytes: number;
  offset: number;
  /** The 26 bytes that the local header repeats. */
  common: Buffer;
  /** The extra fields, which the local header repeats too. */
  extra: Buffer;
};

/** The longest that the records at the end of a part can be: ZIP64 record, locator, end record. */
export const END_BYTES = 98;

const IN_ZIP64_FIELD = 0xffff_ffff;

/** What the records at the end of a file say, or null when they are not there or do not fit the file. */
export function parseEnd(tail: Buffer, fileBytes: number): Directory | null {
  if (tail.length < 22) return null;
  const end = tail.subarray(-22);
  const directory = {
    entries: end.readUInt16LE(10),
    bytes: end.readUInt32LE(12),
    offset: end.readUInt32LE(16),
  };
  const isZip64 = directory.offset === IN_ZIP64_FIELD;
  if (isZip64 && tail.length < END_BYTES) return null;
  if (isZip64) directory.offset = Number(tail.subarray(-END_BYTES).readBigUInt64LE(48));
  // Parts are written in one way only: what would be written is what has to be there.
  const records = endRecords(directory, isZip64);
  const isWhole = directory.offset + directory.bytes + records.length === fileBytes;
  return isWhole && tail.subarray(-records.length).equals(records) ? directory : null;
}

/** Null when a record is damaged or of a kind that parts do not have: with comments, data descriptors, other fields. */
export function parseCentral(bytes: Buffer): CentralEntry[] | null {
  const entries: CentralEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const end = nameEnd + bytes.readUInt16LE(at + 30);
    const commentBytes = bytes.readUInt16LE(at + 32);
    if (end > bytes.length || commentBytes !== 0) return null;
    const entry = parseEntry(bytes.subarray(at, end), nameEnd - at);
    if (!entry) return null;
    entries.push(entry);
    at = end;
  }
  return entries;
}

function parseEntry(record: Buffer, nameEnd: number): CentralEntry | null {
  const extra = record.subarray(nameEnd);
  const fields = parseExtraFields(extra);
  const method = record.readUInt16LE(10);
  const isEncrypted = method === ENCRYPTED;
  const flags = UTF8_FLAG | (isEncrypted ? ENCRYPTED_FLAG : 0);
  if (!fields || (fields.aes !== null) !== isEncrypted) return null;
  if (record.readUInt16LE(8) !== flags) return null;
  const isLarge = record.readUInt32LE(24) === IN_ZIP64_FIELD;
  const sizes = isLarge ? fields.zip64 : [record.readUInt32LE(24), record.readUInt32LE(20)];
  const [sizeBytes, packedBytes] = sizes;
  if (sizeBytes === undefined || packedBytes === undefined) return null;
  const nameBytes = record.subarray(46, nameEnd);
  const entry = {
    method: fields.aes ?? method,
    isEncrypted,
    packedBytes,
    sizeBytes,
    isLarge,
  };
  const expected = extraFields(entry);
  if (!extra.equals(expected)) return null;
  return {
    ...entry,
    name: nameBytes.toString(),
    nameBytes,
    crc32: record.readUInt32LE(16),
    offset: record.readUInt32LE(42),
    common: record.subarray(6, 32),
    extra: expected,
  };
}

/** How long the local header of an entry is. */
export function localBytes(entry: CentralEntry): number {
  return 30 + entry.nameBytes.length + entry.extra.length;
}

/** True when the local header says the same: version, flags (no data descriptor), method, time, CRC, sizes, name. */
export function sameAsLocal(entry: CentralEntry, header: Buffer): boolean {
  const nameEnd = 30 + entry.nameBytes.length;
  return (
    header.length === localBytes(entry) &&
    header.readUInt32LE(0) === 0x04034b50 &&
    header.subarray(4, 30).equals(entry.common) &&
    header.subarray(30, nameEnd).equals(entry.nameBytes) &&
    header.subarray(nameEnd).equals(entry.extra)
  );
}
