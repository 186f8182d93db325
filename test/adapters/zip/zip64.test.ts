import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectZip } from '../../../src/adapters/zip/inspect.ts';
import type { PartFile } from '../../../src/ports/part-writer.ts';
import { addAll, fileOf, listed, writePart } from '../../support/part-files.ts';
import { hasTool, ZIP_TOOLS } from '../../support/zip-tools.ts';
import { memoryBlob, readZip } from '../../support/zips.ts';

const CONTENTS = { path: 'Contents/one.csv', modifiedAt: '2026-01-01T00:00:00Z' };
const contents = () => listed([Buffer.from('path\r\n')]);

/** In these tests ZIP64 begins here, and not at 4 GiB: the records are the same, with smaller numbers in them. */
const MAX_BYTES = 100_000;
const ZIP64_FIELD = 0x0001;
const film = randomBytes(250_000);
const text = Buffer.from('text '.repeat(40_000));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-zip64-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function partOf(files: PartFile[], zip64 = true) {
  const blob = memoryBlob();
  const sum = await writePart(
    blob,
    async (writer) => void (await addAll(writer, files)),
    undefined,
    { zip64, maxBytes: MAX_BYTES },
  );
  return { bytes: blob.bytes(), sum };
}

const afterContents = (file: PartFile): PartFile => ({
  ...file,
  before: () => [{ head: CONTENTS, chunks: contents() }],
});

const hugeParts: [string, PartFile[]][] = [
  ['one huge stored file', [afterContents(fileOf('Internal CVs/film.mov', film))]],
  ['one huge deflated file', [afterContents(fileOf('Internal CVs/large.txt', text, true))]],
  [
    'two files that only together reach beyond it',
    [
      afterContents(fileOf('a.pdf', film.subarray(0, 90_000))),
      fileOf('b.pdf', film.subarray(0, 90_000)),
    ],
  ],
];

describe.each(hugeParts)('a part of %s', (name, files) => {
  const path = () => join(folder, `${name}.zip`);
  let bytes: Buffer;
  beforeAll(async () => {
    const made = await partOf(files);
    bytes = made.bytes;
    expect(made.sum.zip64).toBe(true);
    await writeFile(path(), bytes);
  });

  test('comes back byte for byte', async () => {
    const entries = await readZip(bytes);
    expect([...entries.keys()]).toEqual([CONTENTS.path, ...files.map((file) => file.path)]);
    for (const file of files) {
      const content = await file.open();
      const expected = Buffer.alloc(content.sizeBytes);
      await content.read(expected, 0);
      expect(entries.get(file.path)?.equals(expected)).toBe(true);
    }
    expect(await inspectZip(path())).toEqual({ entries: files.length + 1, problems: [] });
  });

  for (const { name: tool, check } of ZIP_TOOLS) {
    test.skipIf(!hasTool(tool))(`opens with ${tool} without a warning`, () => {
      expect(() => check(path())).not.toThrow();
    });
  }

  test.each([
    ['its end', -30],
    ['its ZIP64 record', -98 + 48],
    ['its locator', -98 + 56 + 8],
  ])('damaged in %s it is found out', async (_, at) => {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(bytes.length + at) ^ 1, bytes.length + at);
    const damagedPath = join(folder, 'damaged.zip');
    await writeFile(damagedPath, damaged);
    expect((await inspectZip(damagedPath)).problems).toHaveLength(1);
  });
});

test('only the entry that needs it has its sizes in a ZIP64 field', async () => {
  const { bytes } = await partOf([fileOf('a.pdf', Buffer.from('small')), fileOf('film.mov', film)]);
  const large = bytes.indexOf(Buffer.from('film.mov')) - 30;
  expect(bytes.readUInt16LE(28)).toBe(0);
  expect(bytes.readUInt16LE(large + 4)).toBe(45);
  expect(bytes.readUInt32LE(large + 18)).toBe(0xffff_ffff);
  expect(bytes.readUInt32LE(large + 22)).toBe(0xffff_ffff);
  const field = large + 30 + 'film.mov'.length;
  expect(bytes.readUInt16LE(field)).toBe(ZIP64_FIELD);
  expect(bytes.readUInt16LE(field + 2)).toBe(16);
  expect(bytes.readBigUInt64LE(field + 4)).toBe(250_000n);
  expect(bytes.readBigUInt64LE(field + 12)).toBe(250_000n);
});

test('a part that may use ZIP64 and need not has none', async () => {
  const { bytes, sum } = await partOf([fileOf('a.pdf', film.subarray(0, 90_000))]);
  expect(sum.zip64).toBe(false);
  expect(bytes.includes(Buffer.from('PK\x06\x06'))).toBe(false);
});

test('nothing comes after a huge file, where The Unarchiver would not find it', async () => {
  const files = [fileOf('film.mov', film), fileOf('a.pdf', Buffer.from('lost'))];
  await expect(partOf(files)).rejects.toMatchObject({ reason: 'part_too_large' });
});

test('a part that may not use ZIP64 is refused before it is broken', async () => {
  await expect(partOf([fileOf('film.mov', film)], false)).rejects.toMatchObject({
    reason: 'part_too_large',
  });
});
