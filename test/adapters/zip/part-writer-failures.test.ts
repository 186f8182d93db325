import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { UnreadableFile } from '../../../src/domain/content.ts';
import { TornFile } from '../../../src/domain/failure.ts';
import type { BlobWriter } from '../../../src/ports/export-store.ts';
import type { AddedFile, PartFile } from '../../../src/ports/part-writer.ts';
import type { FileContent } from '../../../src/ports/source.ts';
import { contentOf } from '../../support/memory-source.ts';
import { addAll, fileOf, writePart } from '../../support/part-files.ts';
import { memoryBlob, readZip } from '../../support/zips.ts';

const MIB = 1024 * 1024;
const large = randomBytes(9 * MIB + 17);

describe('files that cannot be read', () => {
  test('are said, in order, and the others are in the ZIP', async () => {
    const blob = memoryBlob();
    let added: AddedFile<PartFile>[] = [];
    await writePart(blob, async (writer) => {
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
    const failing = writePart(memoryBlob(), async (writer) => {
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
    await writePart(memoryBlob(), async (writer) => {
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
    await writePart(memoryBlob(), async (writer) => {
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
    const torn = writePart(memoryBlob(), async (writer) => {
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
    await writePart(memoryBlob(), async (writer) => {
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
    const writing = writePart(nowhere, async (writer) => void (await addAll(writer, files)));
    await expect(writing).rejects.toMatchObject({ reason: 'part_too_large' });
  }, 60_000);

  test('a file above 4 GB is refused by name', async () => {
    const writing = writePart(
      nowhere,
      async (writer) => void (await addAll(writer, [fileOf('film.mov', zeros(4e9 + 1))])),
    );
    await expect(writing).rejects.toMatchObject({
      reason: 'file_too_large',
      message: expect.stringContaining('film.mov'),
    });
  });

  test('more entries than a ZIP without ZIP64 can count are refused', async () => {
    const files = Array.from({ length: 65_535 }, (_, n) => fileOf(`${n}.pdf`, Buffer.alloc(0)));
    const writing = writePart(nowhere, async (writer) => void (await addAll(writer, files)));
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
    const writing = writePart(
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
    await expect(
      writePart(full, async (writer) => void (await addAll(writer, files))),
    ).rejects.toThrow('no space left');
    // Two chunks of 4 MiB, and the files read ahead.
    expect(opened).toBeLessThan(40);
  });
});
