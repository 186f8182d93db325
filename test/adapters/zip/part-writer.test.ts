import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlobWriter } from '../../../src/ports/export-store.ts';
import { addAll, fileOf, listed, writePart } from '../../support/part-files.ts';
import { hasTool, ZIP_TOOLS } from '../../support/zip-tools.ts';
import { memoryBlob, readLocalHeaders, readZip, sha256 } from '../../support/zips.ts';

const MIB = 1024 * 1024;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

const text = Buffer.from('Name,City\r\nÅsa,Malmö\r\n'.repeat(200_000));
const large = randomBytes(9 * MIB + 17);

/** One of each kind: empty, small, large, compressible, incompressible, names in scripts and emoji. */
const everything = [
  fileOf('Internal CVs/empty.pdf', Buffer.alloc(0)),
  fileOf('Internal CVs/small.pdf', randomBytes(50_000)),
  fileOf('Internal CVs/large.pdf', large),
  fileOf('Internal CVs/exactly 4 MiB.pdf', randomBytes(4 * MIB)),
  fileOf('Internal CVs/large.txt', Buffer.concat([text, text]), true),
  fileOf('Internal CVs/small.txt', text.subarray(0, 10_000), true),
  fileOf('Internal CVs/noise.txt', randomBytes(3_000), true),
  fileOf('Internal CVs/empty.txt', Buffer.alloc(0), true),
  fileOf('Internal CVs/李 秀英 (7)/👩‍👩‍👧‍👦 Ω.pdf', randomBytes(100)),
];

async function writeEverything(blob: BlobWriter) {
  return await writePart(blob, async (writer) => {
    await writer.addText(
      { path: 'Data Files/Users.csv', modifiedAt: '2026-01-01T00:00:00Z' },
      listed([text, Buffer.alloc(0), text]),
    );
    await addAll(writer, everything);
    await writer.addText(
      { path: 'Contents/none.csv', modifiedAt: '2026-01-01T00:00:00Z' },
      listed([]),
    );
  });
}

describe('a ZIP', () => {
  test('comes back byte for byte, with length and SHA-256 as said', async () => {
    const blob = memoryBlob();
    const sum = await writeEverything(blob);
    expect(sum).toEqual({
      sizeBytes: blob.bytes().length,
      sha256: sha256(blob.bytes()),
      zip64: false,
    });
    const entries = await readZip(blob.bytes());
    expect([...entries.keys()]).toEqual([
      'Data Files/Users.csv',
      ...everything.map(({ path }) => path),
      'Contents/none.csv',
    ]);
    expect(entries.get('Internal CVs/large.pdf')?.equals(large)).toBe(true);
    expect(entries.get('Data Files/Users.csv')?.equals(Buffer.concat([text, text]))).toBe(true);
    for (const file of everything) {
      const content = await file.open();
      const bytes = Buffer.alloc(content.sizeBytes);
      await content.read(bytes, 0);
      expect(entries.get(file.path)?.equals(bytes), file.path).toBe(true);
    }
  });

  test('has no data descriptor, no extra field, and UTF-8 names; what is compressed already is stored', async () => {
    const blob = memoryBlob();
    await writeEverything(blob);
    const headers = readLocalHeaders(blob.bytes());
    expect(headers).toHaveLength(everything.length + 2);
    expect(new Set(headers.map(({ flags }) => flags))).toEqual(new Set([1 << 11]));
    expect(new Set(headers.map(({ extraBytes }) => extraBytes))).toEqual(new Set([0]));
    const deflated = headers.filter(({ method }) => method === 8).map(({ path }) => path);
    expect(deflated).toEqual([
      'Data Files/Users.csv',
      'Internal CVs/large.txt',
      'Internal CVs/small.txt',
      'Contents/none.csv',
    ]);
    expect(blob.bytes().includes(Buffer.from('PK\x06\x06'))).toBe(false);
  });

  test('carries the time of its rows in UTC, and an odd one does no harm', async () => {
    const blob = memoryBlob();
    const times = [
      '2026-03-04T05:06:08Z',
      '1970-01-01T00:00:00Z',
      'yesterday',
      '2400-01-01T00:00:00Z',
    ];
    await writePart(blob, async (writer) => {
      await addAll(
        writer,
        times.map((modifiedAt, n) => ({ ...fileOf(`${n}.pdf`, Buffer.alloc(1)), modifiedAt })),
      );
    });
    const [first, ...odd] = readLocalHeaders(blob.bytes());
    expect(first).toMatchObject({ date: (46 << 9) | (3 << 5) | 4, time: (5 << 11) | (6 << 5) | 4 });
    for (const header of odd) expect(header).toMatchObject({ date: (1 << 5) | 1, time: 0 });
  });

  test('is the same bytes for the same files', async () => {
    const [one, other] = [memoryBlob(), memoryBlob()];
    await writeEverything(one);
    await writeEverything(other);
    expect(one.bytes().equals(other.bytes())).toBe(true);
  });

  for (const { name, check } of ZIP_TOOLS) {
    test.skipIf(!hasTool(name))(`opens with ${name} without a warning`, async () => {
      const blob = memoryBlob();
      await writeEverything(blob);
      const path = join(folder, `${name}.zip`);
      await writeFile(path, blob.bytes());
      expect(() => check(path)).not.toThrow();
    });
  }

  test('may be larger, compressed, than what is held in memory', async () => {
    const noise = randomBytes(12 * MIB);
    const blob = memoryBlob();
    await writePart(blob, (writer) =>
      writer.addText({ path: 'a.csv', modifiedAt: '' }, listed([noise, noise])),
    );
    const content = (await readZip(blob.bytes())).get('a.csv');
    expect(content?.equals(Buffer.concat([noise, noise]))).toBe(true);
  });

  test('is empty, and valid, when nothing is added', async () => {
    const blob = memoryBlob();
    await writePart(blob, async () => {});
    expect((await readZip(blob.bytes())).size).toBe(0);
  });
});
