import { execFileSync, spawnSync } from 'node:child_process';

/** True when a program is on the PATH; a test that needs it is skipped aloud otherwise. */
export function hasTool(name: string): boolean {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [name]).status === 0;
  if (!found) console.warn(`${name} is not on the PATH; the tests with it are skipped.`);
  return found;
}

/** Everything that customers open ZIPs with and that runs here: each says by its exit status and words what it thinks. */
export const ZIP_TOOLS = [
  { name: 'unzip', check: (zip: string) => run('unzip', ['-tq', zip]) },
  { name: '7z', check: (zip: string) => run('7z', ['t', '-bd', zip]) },
  { name: 'lsar', check: (zip: string) => run('lsar', ['-t', zip]) },
  {
    name: 'python3',
    check: (zip: string) =>
      run('python3', [
        '-W',
        'error',
        '-c',
        'import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None',
        zip,
      ]),
  },
];

/** Tests an encrypted ZIP with 7-Zip. @throws Error when the password is wrong or anything is damaged */
export function testWithPassword(zip: string, password: string): void {
  run('7z', ['t', '-bd', `-p${password}`, zip]);
}

/** Extracts an encrypted ZIP with 7-Zip. */
export function extractWithPassword(zip: string, password: string, folder: string): void {
  run('7z', ['x', '-bd', `-p${password}`, `-o${folder}`, zip]);
}

/** `sha256sum -c` in a folder; the lines that it says. */
export function checkSums(folder: string, sums: string): string[] {
  return run('sha256sum', ['--strict', '-c', sums], folder).trim().split('\n');
}

/** Output of a tool. @throws Error when it fails or warns */
function run(command: string, args: string[], cwd?: string): string {
  const output = execFileSync(command, args, {
    ...(cwd ? { cwd } : {}),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // "No errors detected", "0 failed", "Everything is Ok" are what the tools say when all is well.
  if (/warning|error|failed/i.test(output.replace(/No errors|0 failed/g, ''))) {
    throw new Error(output);
  }
  return output;
}
