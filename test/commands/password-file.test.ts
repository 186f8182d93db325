import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPassword } from '../../src/commands/password-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-password-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(content: string, mode = 0o600): Promise<string> {
  const path = join(folder, 'password');
  await rm(path, { force: true });
  await writeFile(path, content, { mode });
  return path;
}

test.each([
  'correct horse 7',
  'correct horse 7\n',
  'correct horse 7\r\nnext',
  '\uFEFFcorrect horse 7',
])('the first line of %j is the password', async (content) => {
  expect(await readPassword(await fileWith(content))).toBe('correct horse 7');
});

test.each([
  ['\n', /at least 8/],
  ['pässword1', /without accents/],
  ['x'.repeat(20_000), /too large for a password/],
])('%j is refused, and not repeated', async (content, problem) => {
  const reading = readPassword(await fileWith(content));
  await expect(reading).rejects.toThrow(problem);
  await expect(reading).rejects.not.toThrow(content.trim() || 'nothing of it');
});

test('a file that is not there, or is a folder, is refused', async () => {
  await expect(readPassword(join(folder, 'nothing'))).rejects.toThrow(/There is no file/);
  await expect(readPassword(folder)).rejects.toThrow(/There is no file/);
});

test.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o602])(
  'a file with the mode %o, which others may read or write, is refused',
  async (mode) => {
    const path = await fileWith('correct horse 7');
    await chmod(path, mode);
    await expect(readPassword(path)).rejects.toThrow(/chmod 600/);
  },
);
