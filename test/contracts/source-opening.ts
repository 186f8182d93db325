import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SourceFile, UnreadableFile } from '../../src/domain/content.ts';
import type { FileContent } from '../../src/ports/source.ts';
import type { SourceUnderTest } from './source.ts';

const WHOLE = { after: null, upTo: null };
const ALL = { jobs: null, from: null, to: null };
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

/** The part of the contract that is about the bytes of files; a folder has more ways to lead astray than a container. */
export function describeOpening(made: () => SourceUnderTest, inFolder: boolean): void {
  describe('opening files', () => {
    async function firstFile(where: (file: SourceFile) => boolean = () => true) {
      for await (const file of made().source.files('acme', 'cvs', ALL, WHOLE)) {
        if (where(file)) return file;
      }
      throw new Error('The sample has no such file.');
    }

    async function reasonOf(path: string): Promise<string> {
      const file = await firstFile();
      const opened = made().source.open({ ...file, path });
      const error = await opened.then(
        (content) => content.close(),
        (reason: unknown) => reason,
      );
      if (error instanceof UnreadableFile) return error.reason;
      throw new Error(`${path} was opened, or failed in another way: ${error}`);
    }

    test('every file but the one that is gone has the size of its row', async () => {
      const gone = new Set<string>();
      for (const section of ['attachments', 'cvs'] as const) {
        for await (const file of made().source.files('acme', section, ALL, WHOLE)) {
          const content = await made()
            .source.open(file)
            .catch((error: unknown) => error);
          if (content instanceof UnreadableFile) {
            expect(content.reason).toBe('gone');
            gone.add(file.fileId);
            continue;
          }
          const opened = content as FileContent;
          expect(opened.sizeBytes).toBe(file.sizeBytes);
          await opened.close();
        }
      }
      expect(gone.size).toBe(1);
    });

    test('reads what is on the disk, from any position', async () => {
      const file = await firstFile((one) => one.sizeBytes > 1_000);
      const expected = await made().bytesOf('acme', file.path);
      const content = await made().source.open(file);
      try {
        const buffer = Buffer.alloc(expected.length + 10, 0xff);
        expect(await content.read(buffer, 0)).toBe(expected.length);
        expect(buffer.subarray(0, expected.length).equals(expected)).toBe(true);
        const middle = Buffer.alloc(100);
        expect(await content.read(middle, 500)).toBe(100);
        expect(middle.equals(expected.subarray(500, 600))).toBe(true);
        expect(await content.read(middle, expected.length)).toBe(0);
      } finally {
        await content.close();
      }
    });

    test('an empty file is a file', async () => {
      const content = await made().source.open(await firstFile((file) => file.sizeBytes === 0));
      expect(content.sizeBytes).toBe(0);
      expect(await content.read(Buffer.alloc(10), 0)).toBe(0);
      await content.close();
    });

    test.each([
      '../globex/cvs/0000/C0000001-1.pdf',
      'cvs/../../globex/cvs/0000/C0000001-1.pdf',
      '../../ats.sqlite',
      '/etc/passwd',
      'C:\\Windows\\win.ini',
      '\\\\server\\share\\file',
      '..',
      '.',
      '',
      'cvs/..',
      'cvs\0/../x',
    ])('%j is outside', async (path) => {
      expect(await reasonOf(path)).toBe('outside_root');
    });

    test('a path that leaves a folder and stays inside is inside', async () => {
      const file = await firstFile((one) => one.sizeBytes > 0);
      const content = await made().source.open({ ...file, path: `cvs/../${file.path}` });
      expect(content.sizeBytes).toBe(file.sizeBytes);
      await content.close();
    });

    test('the account of a row decides where its file lies', async () => {
      const file = await firstFile((one) => one.sizeBytes > 0);
      const opened = made().source.open({ ...file, accountId: '../files/acme' });
      await expect(opened).rejects.toMatchObject({ reason: 'outside_root' });
      const other = made().source.open({ ...file, accountId: 'nobody' });
      await expect(other).rejects.toMatchObject({ reason: 'gone' });
    });

    test('what is not there is gone', async () => {
      expect(await reasonOf('cvs/0000/nothing.pdf')).toBe('gone');
      const file = await firstFile((one) => one.sizeBytes > 0);
      expect(await reasonOf(`${file.path}/nothing.pdf`)).toBe('gone');
    });

    if (!inFolder) return;

    function folderOf(accountId: string): string {
      return join(made().dir, 'files', accountId);
    }

    test.skipIf(isWindows)('a link that leads out is not followed, one inside is', async () => {
      const folder = folderOf('acme');
      const file = await firstFile((one) => one.sizeBytes > 0);
      const other = join(folder, '../globex');
      await writeFile(join(other, 'plain.txt'), 'of another account');
      await symlink(other, join(folder, 'linked-folder'));
      await symlink(join(other, 'plain.txt'), join(folder, 'linked-file'));
      await symlink(join(folder, file.path), join(folder, 'linked-inside'));
      expect(await reasonOf('linked-folder/plain.txt')).toBe('outside_root');
      expect(await reasonOf('linked-file')).toBe('outside_root');
      const content = await made().source.open({ ...file, path: 'linked-inside' });
      expect(content.sizeBytes).toBe(file.sizeBytes);
      await content.close();
    });

    test('a folder is unreadable, and so is a name too long for the disk', async () => {
      await mkdir(join(folderOf('acme'), 'folder.pdf'));
      expect(await reasonOf('folder.pdf')).toBe('unreadable');
      expect(await reasonOf('n'.repeat(5_000))).toBe('unreadable');
    });

    test.skipIf(isWindows)(
      'a pipe and links in a circle are unreadable, without waiting',
      async () => {
        const folder = folderOf('acme');
        execFileSync('mkfifo', [join(folder, 'pipe.pdf')]);
        await symlink(join(folder, 'circle.pdf'), join(folder, 'circle.pdf'));
        expect(await reasonOf('pipe.pdf')).toBe('unreadable');
        expect(await reasonOf('circle.pdf')).toBe('unreadable');
      },
    );

    test.skipIf(isWindows)('a file without permission is unreadable', async () => {
      const folder = folderOf('acme');
      await writeFile(join(folder, 'secret.pdf'), 'secret');
      await chmod(join(folder, 'secret.pdf'), 0o000);
      await chmod(join(folder, '../..'), 0o755);
      // Root may read everything, so root becomes nobody for a moment.
      if (isRoot) process.seteuid?.(65_534);
      try {
        expect(await reasonOf('secret.pdf')).toBe('unreadable');
      } finally {
        if (isRoot) process.seteuid?.(0);
      }
    });
  });
}
