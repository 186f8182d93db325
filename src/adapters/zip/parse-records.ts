import { UTF8_FLAG } from './records.ts';

/** An entry as the central directory has it. */
export type CentralEntry = {
  name: string;
  nameBytes: Buffer;
  method: number;
  crc32: number;
  packedBytes: number;
  sizeBytes: number;
  offset: number;
  /** The 26 bytes that the local header repeats. */
  common: Buffer;
};

export type EndRecord = { entries: number; centralBytes: number; centralOffset: number };

/** The end record, or null when it is not there or does not fit the file. */
export function parseEnd(record: Buffer, fileBytes: number): EndRecord | null {
  if (record.length < 22 || record.readUInt32LE(0) !== 0x06054b50) return null;
  const end = {
    entries: record.readUInt16LE(10),
    centralBytes: record.readUInt32LE(12),
    centralOffset: record.readUInt32LE(16),
  };
  return end.centralOffset + end.centralBytes + 22 === fileBytes ? end : null;
}

/** Null when a record is damaged or of a kind that parts do not have: ZIP64, encrypted, with extra fields or comments. */
export function parseCentral(bytes: Buffer): CentralEntry[] | null {
  const entries: CentralEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const flags = bytes.readUInt16LE(at + 8);
    const extraAndComment = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (nameEnd > bytes.length || extraAndComment !== 0 || flags !== UTF8_FLAG) return null;
    const nameBytes = bytes.subarray(at + 46, nameEnd);
    entries.push({
      name: nameBytes.toString(),
      nameBytes,
      method: bytes.readUInt16LE(at + 10),
      crc32: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      sizeBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
      common: bytes.subarray(at + 6, at + 32),
    });
    at = nameEnd;
  }
  return entries;
}

/** True when the local header says the same: version, flags (no data descriptor), method, time, CRC, sizes, name. */
export function sameAsLocal(entry: CentralEntry, header: Buffer): boolean {
  return (
    header.length === 30 + entry.nameBytes.length &&
    header.readUInt32LE(0) === 0x04034b50 &&
    header.subarray(4, 30).equals(entry.common) &&
    header.subarray(30).equals(entry.nameBytes)
  );
}
