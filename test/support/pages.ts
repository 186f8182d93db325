import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = join(root, 'src/pages');
const LOCK = join(tmpdir(), `waybill-build-${Buffer.from(root).toString('base64url').slice(-40)}`);
const LOCK_PAUSE_MS = 200;
const LOCK_TRIES = 300;

/** Builds the pages when a source is newer than what was built; test files that run side by side wait for each other. */
export async function ensurePagesBuilt(): Promise<void> {
  await takeLock();
  try {
    if (newest(pages, true) <= newest(join(pages, 'dist'), false)) return;
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const args = [vite, 'build', '--config', join(pages, 'vite.config.ts')];
    await promisify(execFile)(process.execPath, args, {
      cwd: root,
      // The test runner's own NODE_ENV would make a development build.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  } finally {
    rmdirSync(LOCK);
  }
}

async function takeLock(): Promise<void> {
  for (let tries = 0; tries < LOCK_TRIES; tries++) {
    const taken = await mkdir(LOCK).then(
      () => true,
      () => false,
    );
    if (taken) return;
    await pause(LOCK_PAUSE_MS);
  }
  throw new Error(`The pages are being built for too long; delete ${LOCK} and try again.`);
}

/** When a file below a folder was last written, in milliseconds. */
function newest(folder: string, isSource: boolean): number {
  if (!existsSync(folder)) return 0;
  const times = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isSource || !path.startsWith(join(pages, 'dist')))
    .map((path) => statSync(path).mtimeMs);
  return Math.max(0, ...times);
}
