import { readFile, stat } from 'node:fs/promises';
import { passwordProblem } from '../domain/password.ts';

/** A password has one short line; whoever gives a film by mistake is told so before it is read. */
const MAX_FILE_BYTES = 10_000;
const READ_BY_OTHERS = 0o077;

/**
 * The first line of a file, as a password.
 * @throws Error with one sentence that says what to do; it never repeats what is in the file
 */
export async function readPassword(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    throw new Error(`There is no file ${path}; write the password into it and give its name.`);
  }
  // As ssh does with keys. Windows has no such bits.
  if (process.platform !== 'win32' && found.mode & READ_BY_OTHERS) {
    throw new Error(`Others can read ${path}; protect it with: chmod 600 ${path}`);
  }
  if (found.size > MAX_FILE_BYTES) {
    throw new Error(`The file ${path} is too large for a password; give one with a single line.`);
  }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`The file ${path} cannot be read; let this user read it.`, { cause });
  });
  const password = text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
  const problem = passwordProblem(password);
  if (problem) throw new Error(`${path}: ${problem}`);
  return password;
}
