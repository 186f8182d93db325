import { createDecipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectZip } from '../../../src/adapters/zip/inspect.ts';
import type { PartOptions } from '../../../src/ports/part-writer.ts';
import { addAll, fileOf, listed, writePart } from '../../support/part-files.ts';
import { extractWithPassword, hasTool, testWithPassword } from '../../support/zip-tools.ts';
import { memoryBlob } from '../../support/zips.ts';

const MIB = 1024 * 1024;
const PASSWORD = 'correct horse ~7"$';
const HEAD = { modifiedAt: '2026-01-01T00:00:00Z' };
const csv = Buffer.from('Name,City\r\nÅsa,Malmö\r\n'.repeat(200_000));

/** Every way in which bytes get into a part, and names in every script. */
const contents: Record<string, { bytes: Buffer; compress?: boolean }> = {
  'Internal CVs/empty.pdf': { bytes: Buffer.alloc(0) },
  'Internal CVs/one byte.pdf': { bytes: Buffer.from('x') },
  'Internal CVs/a block.pdf': { bytes: randomBytes(16) },
  'Internal CVs/odd.pdf': { bytes: randomBytes(70_001) },
  'Internal CVs/large.mov': { bytes: randomBytes(9 * MIB + 17) },
  'Internal CVs/small.txt': { bytes: csv.subarray(0, 10_000), compress: true },
  'Internal CVs/large.txt': { bytes: csv, compress: true },
  'Internal CVs/李 秀英 (7)/Ω резюме 👩‍👩‍👧‍👦.pdf': { bytes: randomBytes(300) },
  'Internal CVs/דנה כהן (8)/سيرة ذاتية.pdf': { bytes: randomBytes(301) },
  'Internal CVs/สมชาย ศรีสุข (9)/प्रिया.pdf': { bytes: randomBytes(302) },
};
const files = Object.entries(contents).map(([path, { bytes, compress }]) =>
  fileOf(path, bytes, compress),
);

async function zipOf(
  encryption: PartOptions['encryption'] = { password: PASSWORD, exportId: 'e1' },
  content = files,
) {
  const blob = memoryBlob();
  await writePart(
    blob,
    async (writer) => {
      await writer.addText({ path: 'Data Files/Users.csv', ...HEAD }, listed([csv]));
      await addAll(writer, content);
      await writer.addText({ path: 'Contents/none.csv', ...HEAD }, listed([]));
    },
    undefined,
    { encryption: encryption ?? null },
  );
  return blob.bytes();
}

describe('an encrypted ZIP', () => {
  let folder: string;
  let zip: string;
  let bytes: Buffer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-aes-'));
    zip = join(folder, 'part.zip');
    bytes = await zipOf();
    await writeFile(zip, bytes);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const has7z = hasTool('7z');

  test.skipIf(!has7z)('opens with 7-Zip, byte for byte, under its names', async () => {
    testWithPassword(zip, PASSWORD);
    const out = join(folder, 'out');
    extractWithPassword(zip, PASSWORD, out);
    for (const [path, { bytes: expected }] of Object.entries(contents)) {
      expect((await readFile(join(out, path))).equals(expected), path).toBe(true);
    }
    expect((await readFile(join(out, 'Data Files/Users.csv'))).equals(csv)).toBe(true);
    expect(await readdir(out)).toHaveLength(3);
  });

  test.skipIf(!has7z).each(['correct horse ~7"', 'Correct horse ~7"$'])(
    'does not open with the password %s',
    (wrong) => {
      expect(() => testWithPassword(zip, wrong)).toThrow();
    },
  );

  test.skipIf(!has7z)('is found out when a byte of it was changed', async () => {
    const changed = Buffer.from(bytes);
    const at = bytes.indexOf(Buffer.from('large.mov')) + 5 * MIB;
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    const path = join(folder, 'changed.zip');
    await writeFile(path, changed);
    expect(() => testWithPassword(path, PASSWORD)).toThrow();
  });

  test('is in order as far as one can see without the password', async () => {
    expect(await inspectZip(zip)).toEqual({ entries: files.length + 2, problems: [] });
    const path = join(folder, 'method.zip');
    const odd = Buffer.from(bytes);
    odd.writeUInt16LE(8, bytes.lastIndexOf(Buffer.from('odd.pdf')) + 'odd.pdf'.length + 9);
    await writeFile(path, odd);
    expect((await inspectZip(path)).problems[0]).toMatch(/header and the list of files differ/);
  });

  test('shows nothing of its content: no plain bytes, no CRC', () => {
    const path = Buffer.from('Internal CVs/odd.pdf');
    const at = bytes.indexOf(path) - 30;
    const plain = contents['Internal CVs/odd.pdf']?.bytes ?? Buffer.alloc(0);
    expect(bytes.includes(plain.subarray(0, 64))).toBe(false);
    expect(bytes.readUInt16LE(at + 6)).toBe((1 << 11) | 1);
    expect(bytes.readUInt16LE(at + 8)).toBe(99);
    expect(bytes.readUInt32LE(at + 14)).toBe(0);
    expect(bytes.readUInt32LE(at + 18)).toBe(plain.length + 28);
  });

  test('is what the format says: keys, check, counter and code of an entry by hand', () => {
    const path = 'Internal CVs/a block.pdf';
    const start = bytes.indexOf(Buffer.from(path)) + Buffer.byteLength(path) + 11;
    const salt = bytes.subarray(start, start + 16);
    const keys = pbkdf2Sync(PASSWORD, salt, 1000, 66, 'sha1');
    expect(bytes.subarray(start + 16, start + 18)).toEqual(keys.subarray(64));
    const packed = bytes.subarray(start + 18, start + 34);
    const code = createHmac('sha1', keys.subarray(32, 64)).update(packed).digest();
    expect(bytes.subarray(start + 34, start + 44)).toEqual(code.subarray(0, 10));
    // The first counter is 1 in either order of bytes but for its place, so one block can be checked with OpenSSL.
    const counter = Buffer.alloc(16);
    counter.writeUInt8(1, 0);
    const plain = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), counter).update(packed);
    expect(plain).toEqual(contents[path]?.bytes);
  });

  test('stores an empty file unencrypted, since some programs refuse it otherwise', () => {
    const at = bytes.indexOf(Buffer.from('Internal CVs/empty.pdf')) - 30;
    expect(bytes.readUInt16LE(at + 6)).toBe(1 << 11);
    expect(bytes.readUInt16LE(at + 8)).toBe(0);
  });
});

describe('salts', () => {
  const saltOf = (bytes: Buffer, path: string) => {
    const start = bytes.indexOf(Buffer.from(path)) + Buffer.byteLength(path) + 11;
    return bytes.toString('hex', start, start + 16);
  };
  const small = [fileOf('a.pdf', Buffer.from('one')), fileOf('b.pdf', Buffer.from('one'))];
  const path = 'a.pdf';

  test('are the same for the same export, so that a part is built again with the same bytes', async () => {
    expect((await zipOf()).equals(await zipOf())).toBe(true);
  });

  test('differ by path, content, export and password, so that no key stream is used twice', async () => {
    const bytes = await zipOf(undefined, small);
    const other = await zipOf(undefined, [fileOf(path, Buffer.from('two'))]);
    const otherExport = await zipOf({ password: PASSWORD, exportId: 'e2' }, small);
    const otherPassword = await zipOf({ password: 'something else', exportId: 'e1' }, small);
    const salts = [
      saltOf(bytes, path),
      saltOf(bytes, 'b.pdf'),
      saltOf(other, path),
      saltOf(otherExport, path),
      saltOf(otherPassword, path),
    ];
    expect(new Set(salts).size).toBe(salts.length);
  });

  test('without a password nothing is encrypted', async () => {
    expect((await zipOf(null, small)).includes(Buffer.from('one'))).toBe(true);
  });
});
