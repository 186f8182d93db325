import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createZipParts } from '../../../src/adapters/zip/part-writer.ts';
import { UnreadableFile } from '../../../src/domain/content.ts';
import { TornFile } from '../../../src/domain/failure.ts';
import type { BlobWriter } from '../../../src/ports/export-store.ts';
import type { AddedFile, PartFile, PartWriter } from '../../../src/ports/part-writer.ts';
import type { FileContent } from '../../../src/ports/source.ts';
import { contentOf } from '../../support/memory-source.ts';
import { hasTool, ZIP_TOOLS } from '../../support/zip-tools.ts';
import { memoryBlob, readLocalHeaders, readZip, sha256 } from '../../support/zips.ts';

const MIB = 1024 * 1024;
const NEVER = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

function fileOf(path: string, content: Buffer | FileContent | Error, compress = false): PartFile {
  return {
    path,
    modifiedAt: '2026-03-04T05:06:08Z',
    compress,
    open: async () => {
      if (content instanceof Error) throw content;
      return Buffer.isBuffer(content) ? contentOf(content) : content;
    },
  };
}

async function* listed<T>(items: Iterable<T>): AsyncIterable<T> {
  yield* items;
}

async function write(
  blob: BlobWriter,
  fill: (writer: PartWriter) => Promise<void>,
  signal: AbortSignal = NEVER,
): Promise<{ sizeBytes: number; sha256: string }> {
  const writer = createZipParts({ spoolFolder: folder })(blob, { signal });
  try {
    await fill(writer);
    return await writer.finish();
  } finally {
    await writer.close();
  }
}

async function addAll(writer: PartWriter, files: PartFile[]): Promise<AddedFile<PartFile>[]> {
  const added: AddedFile<PartFile>[] = [];
  for await (const one of writer.addFiles(listed(files))) added.push(one);
  return added;
}

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
  return await write(blob, async (writer) => {
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
    expect(sum).toEqual({ sizeBytes: blob.bytes().length, sha256: sha256(blob.bytes()) });
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
    await write(blob, async (writer) => {
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

  test('leaves no temporary file', async () => {
    await writeEverything(memoryBlob());
    const noise = randomBytes(12 * MIB);
    await write(memoryBlob(), (writer) =>
      writer.addText({ path: 'a', modifiedAt: '' }, listed([noise])),
    );
    expect((await readdir(folder)).filter((name) => name.includes('spool'))).toEqual([]);
  });

  test('is empty, and valid, when nothing is added', async () => {
    const blob = memoryBlob();
    await write(blob, async () => {});
    expect((await readZip(blob.bytes())).size).toBe(0);
  });
});

describe('files that cannot be read', () => {
  test('are said, in order, and the others are in the ZIP', async () => {
    const blob = memoryBlob();
    let added: AddedFile<PartFile>[] = [];
    await write(blob, async (writer) => {
      added = await addAll(writer, [
        fileOf('a.pdf', Buffer.from('a')),
        fileOf('b.pdf', new UnreadableFile('gone', 'gone')),
        fileOf('c.pdf', new UnreadableFile('outside_root', 'outside')),
        fileOf('d.pdf', Buffer.from('d')),
      ]);
    });
    expect(added.map(({ missing }) => missing)).toEqual([null, 'gone', 'outside_root', null]);
    expect(added[3]).toMatchObject({ sizeBytes: 1, crc32: crc32('d') });
    expect([...(await readZip(blob.bytes())).keys()]).toEqual(['a.pdf', 'd.pdf']);
  });

  test('an error that is no fault of a file stops the part, and every file is closed', async () => {
    let open = 0;
    const counted = (path: string): PartFile => ({
      ...fileOf(path, large),
      open: async () => {
        open += 1;
        return {
          ...contentOf(large),
          close: async () => {
            open -= 1;
          },
        };
      },
    });
    const failing = write(memoryBlob(), async (writer) => {
      await addAll(writer, [
        counted('a'),
        fileOf('b', new Error('disk on fire')),
        counted('c'),
        counted('d'),
      ]);
    });
    await expect(failing).rejects.toThrow('disk on fire');
    expect(open).toBe(0);
  });

  test('a file that is shorter or longer than when it was opened is missing', async () => {
    const honest = contentOf(Buffer.alloc(1_000));
    let added: AddedFile<PartFile>[] = [];
    await write(memoryBlob(), async (writer) => {
      added = await addAll(writer, [
        fileOf('shrunk.pdf', { ...honest, sizeBytes: 2_000 }),
        fileOf('grown.pdf', { ...honest, sizeBytes: 500 }),
        fileOf('large shrunk.pdf', { ...contentOf(large), sizeBytes: large.length + 1 }),
        fileOf('large grown.pdf', { ...contentOf(large), sizeBytes: large.length - 1 }),
        fileOf('large grown.txt', { ...contentOf(large), sizeBytes: large.length - 1 }, true),
      ]);
    });
    expect(new Set(added.map(({ missing }) => missing))).toEqual(
      new Set(['changed_while_reading']),
    );
  });

  test('a file that was still being written at the first try is read at the second', async () => {
    let tries = 0;
    const settling: PartFile = {
      ...fileOf('a.pdf', Buffer.alloc(0)),
      open: async () => ({ ...contentOf(Buffer.alloc(100)), sizeBytes: ++tries === 1 ? 50 : 100 }),
    };
    let added: AddedFile<PartFile>[] = [];
    await write(memoryBlob(), async (writer) => {
      added = await addAll(writer, [settling]);
    });
    expect(added).toMatchObject([{ missing: null, sizeBytes: 100 }]);
  });

  test.each([
    ['changed', (buffer: Buffer) => buffer.fill(1).length],
    ['cut short', () => 0],
    ['unreadable', () => Promise.reject(new UnreadableFile('unreadable', 'EIO'))],
  ])('a large file that is %s at its second reading tears the part', async (_, readAgain) => {
    let beginnings = 0;
    const content: FileContent = {
      ...contentOf(large),
      read: async (buffer, position) => {
        if (position === 0) beginnings += 1;
        return beginnings > 1 ? readAgain(buffer) : large.copy(buffer, 0, position);
      },
    };
    const torn = write(memoryBlob(), async (writer) => {
      await addAll(writer, [fileOf('cv.pdf', content)]);
    });
    await expect(torn).rejects.toThrow(TornFile);
    await expect(torn).rejects.toMatchObject({ path: 'cv.pdf' });
  });

  test('a large file that cannot be read from the start is missing', async () => {
    const content = {
      ...contentOf(large),
      read: () => Promise.reject(new UnreadableFile('unreadable', 'EIO')),
    };
    let added: AddedFile<PartFile>[] = [];
    await write(memoryBlob(), async (writer) => {
      added = await addAll(writer, [fileOf('cv.pdf', content), fileOf('cv.txt', content, true)]);
    });
    expect(added.map(({ missing }) => missing)).toEqual(['unreadable', 'unreadable']);
  });
});

describe('limits', () => {
  /** As many zeros as wanted, of which none is kept. */
  const zeros = (sizeBytes: number): FileContent => ({
    sizeBytes,
    read: async (buffer, position) => {
      buffer.fill(0);
      return Math.min(buffer.length, sizeBytes - position);
    },
    close: async () => {},
  });
  const nowhere: BlobWriter = {
    write: async () => {},
    commit: async () => {},
    abort: async () => {},
  };

  test('a part that would pass 4 GiB is refused before it is broken', async () => {
    const files = [fileOf('a.pdf', zeros(2.2e9)), fileOf('b.pdf', zeros(2.2e9))];
    const writing = write(nowhere, async (writer) => void (await addAll(writer, files)));
    await expect(writing).rejects.toMatchObject({ reason: 'part_too_large' });
  }, 60_000);

  test('a file above 3.9 GB is refused by name', async () => {
    const writing = write(
      nowhere,
      async (writer) => void (await addAll(writer, [fileOf('film.mov', zeros(3.9e9 + 1))])),
    );
    await expect(writing).rejects.toMatchObject({
      reason: 'file_too_large',
      message: expect.stringContaining('film.mov'),
    });
  });

  test('more entries than a ZIP without ZIP64 can count are refused', async () => {
    const files = Array.from({ length: 65_535 }, (_, n) => fileOf(`${n}.pdf`, Buffer.alloc(0)));
    const writing = write(nowhere, async (writer) => void (await addAll(writer, files)));
    await expect(writing).rejects.toMatchObject({ reason: 'part_too_large' });
  });

  test('a signal stops it at once, also in the middle of a large file', async () => {
    const stop = new AbortController();
    let read = 0;
    const content: FileContent = {
      ...zeros(3e9),
      read: async (buffer) => {
        read += buffer.length;
        if (read > 20 * MIB) stop.abort();
        return buffer.length;
      },
    };
    const writing = write(
      nowhere,
      async (writer) => void (await addAll(writer, [fileOf('a.pdf', content)])),
      stop.signal,
    );
    await expect(writing).rejects.toMatchObject({ reason: 'cancelled' });
    expect(read).toBeLessThan(30 * MIB);
  });

  test('a slow store slows the reading, and a failing one stops it', async () => {
    let opened = 0;
    const files = Array.from({ length: 200 }, (_, n) => ({
      ...fileOf(`${n}.pdf`, Buffer.alloc(MIB)),
      open: async () => {
        opened += 1;
        return contentOf(Buffer.alloc(MIB));
      },
    }));
    const full: BlobWriter = {
      ...nowhere,
      write: async () => {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
    };
    await expect(write(full, async (writer) => void (await addAll(writer, files)))).rejects.toThrow(
      'no space left',
    );
    // Two chunks of 4 MiB, and the files read ahead.
    expect(opened).toBeLessThan(40);
  });
});
