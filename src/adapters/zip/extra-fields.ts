/** The extra fields that parts have: ZIP64 (APPNOTE 4.5.3) and AES (WinZip's "AES Encryption Information"). */

const ZIP64_ID = 0x0001;
const AES_ID = 0x9901;

/** AE-2: no CRC of the plain bytes is shown, since the authentication code says it all. */
const AE_2 = 2;
const AES_256 = 3;

/** Sizes that have no room in four bytes, in the order in which the records have them. */
export function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(ZIP64_ID, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) {
    field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  }
  return field;
}

/** Says how an entry was packed before it was encrypted. */
export function aesField(method: number): Buffer {
  const field = Buffer.alloc(11);
  field.writeUInt16LE(AES_ID, 0);
  field.writeUInt16LE(7, 2);
  field.writeUInt16LE(AE_2, 4);
  field.write('AE', 6, 'latin1');
  field.writeUInt8(AES_256, 8);
  field.writeUInt16LE(method, 9);
  return field;
}

/** `aes` is the method below the encryption. */
export type ExtraFields = { zip64: number[]; aes: number | null };

/** Null when there is anything that parts do not have. */
export function parseExtraFields(bytes: Buffer): ExtraFields | null {
  const fields: ExtraFields = { zip64: [], aes: null };
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return null;
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length || !parseField(bytes.subarray(at, end), fields)) return null;
    at = end;
  }
  return fields;
}

function parseField(field: Buffer, fields: ExtraFields): boolean {
  const id = field.readUInt16LE(0);
  if (id === ZIP64_ID && field.length % 8 === 4) {
    for (let at = 4; at < field.length; at += 8) {
      fields.zip64.push(Number(field.readBigUInt64LE(at)));
    }
    return true;
  }
  if (id !== AES_ID || field.length !== 11) return false;
  fields.aes = field.readUInt16LE(9);
  return field.equals(aesField(fields.aes));
}
