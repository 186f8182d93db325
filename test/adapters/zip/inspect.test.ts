import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectZip } from '../../../src/adapters/zip/inspect.ts';
import { createZipParts } from '../../../src/adapters/zip/part-writer.ts';
import { contentOf } from '../../support/memory-source.ts';
import { memoryBlob } from '../../support/zips.ts';

let folder: string;
let whole: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-inspect-'));
  whole = await zipOf(['a.pdf', 'b.txt', 'Folder (1)/c.pdf']);
});
afterAll(() => rm(folder, { recursive: true }));

async function zipOf(paths: string[]): Promise<Buffer> {
  const blob = memoryBlob();
  const part = createZipParts({ spoolFolder: folder })(blob, {
    signal: new AbortController().signal,
  });
  async function* files() {
    for (const path of paths) {
      const compress = path.endsWith('.txt');
      const content = compress ? Buffer.from('text '.repeat(5_000)) : randomBytes(20_000);
      yield {
        path,
        modifiedAt: '2026-01-01T00:00:00Z',
        compress,
        open: async () => contentOf(content),
      };
    }
  }
  for await (const added of part.addFiles(files())) expect(added.missing).toBeNull();
  await part.finish();
  return blob.bytes();
}

async function inspect(bytes: Buffer) {
  const path = join(folder, 'part.zip');
  await writeFile(path, bytes);
  return await inspectZip(path);
}

function changed(at: number, change = 1): Buffer {
  const bytes = Buffer.from(whole);
  bytes.writeUInt8((bytes.readUInt8(at) + change) % 256, at);
  return bytes;
}

test('a ZIP as parts are written has no problem', async () => {
  expect(await inspect(whole)).toEqual({ entries: 3, problems: [] });
});

test.each<[string, () => Buffer, RegExp]>([
  ['empty', () => Buffer.alloc(0), /end of the ZIP is missing/],
  ['cut short', () => whole.subarray(0, 30_000), /end of the ZIP is missing/],
  ['followed by more', () => Buffer.concat([whole, Buffer.from('x')]), /end of the ZIP is missing/],
  ['not a ZIP', () => Buffer.from('<html>Sign in</html>'.repeat(10)), /end of the ZIP is missing/],
  ['damaged in a stored file', () => changed(10_000), /^a\.pdf: its content is damaged/],
  [
    'damaged in a deflated file',
    () => changed(whole.indexOf('b.txt') + 20),
    /^b\.txt: its content is damaged/,
  ],
  ['damaged in a local header', () => changed(14), /^a\.pdf: its header and the list/],
  [
    'damaged in the list of files',
    () => changed(whole.indexOf('PK\x01\x02') + 28),
    /list of files is damaged/,
  ],
  [
    'one with a flag of a data descriptor',
    () => changed(whole.indexOf('PK\x01\x02') + 8, 8),
    /list of files is damaged/,
  ],
  [
    'one whose list lacks a file',
    () => {
      const bytes = Buffer.from(whole);
      for (const at of [8, 10]) bytes.writeUInt16LE(2, whole.length - 22 + at);
      return bytes;
    },
    /list of files is damaged/,
  ],
])('a ZIP that is %s is found out', async (_, make, problem) => {
  const { problems } = await inspect(make());
  expect(problems[0]).toMatch(problem);
});

test.each([
  [['../evil.sh'], /leads out/],
  [['/etc/passwd'], /leads out/],
  [['a/../../b'], /leads out/],
  [['a\\..\\b'], /leads out/],
  [['CV.pdf', 'cv.PDF'], /there twice/],
])('the paths %j are found out', async (paths, problem) => {
  const { problems } = await inspect(await zipOf(paths));
  expect(problems[0]).toMatch(problem);
});
