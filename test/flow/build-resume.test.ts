import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { build } from '../support/pipeline.ts';
import { sampleSource } from '../support/sample.ts';
import { readZip, sha256 } from '../support/zips.ts';

const PART_BYTES = 150_000;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-resume-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** What tells whether a file is the same one as before: a part that is built again has another inode or time. */
async function marks(): Promise<Record<string, string>> {
  const names = (await readdir(join(root, 'e1')).catch(() => [])).filter((name) =>
    name.endsWith('.zip'),
  );
  const stats = await Promise.all(names.map((name) => stat(join(root, 'e1', name))));
  return Object.fromEntries(
    names.map((name, index) => [name, `${stats[index]?.ino} ${stats[index]?.ctimeMs}`]),
  );
}

async function buildUntilKilled(when: (parts: number, files: number) => boolean): Promise<void> {
  const { sourceFile } = await sampleSource();
  const script = fileURLToPath(new URL('../support/build-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, sourceFile, root, String(PART_BYTES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const [parts = 0, files = 0] = line.split(' ').map(Number);
    if (when(parts, files)) child.kill('SIGKILL');
  }
  const [, signal] = await ended;
  expect(signal).toBe('SIGKILL');
}

describe('after a crash', () => {
  test('each finished part is built once, and the export is the one it would have been', async () => {
    const { source } = await sampleSource();
    let filesAtPart = Number.POSITIVE_INFINITY;
    await buildUntilKilled((parts, files) => {
      if (parts === 3) filesAtPart = Math.min(filesAtPart, files);
      return parts === 3 && files > filesAtPart + 2;
    });
    const before = await marks();
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(3);
    const receipts = await readdir(join(root, 'e1', 'receipts'));
    const resumed = await build(root, source, { partSizeBytes: PART_BYTES });
    const after = await marks();
    for (const name of receipts.map((file) => file.replace(/\.json$/, ''))) {
      expect(after[name], name).toBe(before[name]);
    }
    const other = join(root, 'other');
    const whole = await build(other, source, { partSizeBytes: PART_BYTES });
    expect(resumed.receipts.map(({ name, sha256: hash }) => [name, hash])).toEqual(
      whole.receipts.map(({ name, sha256: hash }) => [name, hash]),
    );
    for (const { name } of resumed.receipts) await readZip(join(root, 'e1', name));
    expect(await readdir(join(root, '.waybill', 'unfinished', 'e1'))).toEqual([
      'planned',
      'receipts',
    ]);
  }, 60_000);

  test('a crash during planning leaves nothing that is in the way', async () => {
    const { source } = await sampleSource();
    const unfinished = join(root, '.waybill', 'unfinished', 'e1');
    await mkdir(unfinished, { recursive: true });
    await writeFile(join(unfinished, 'plan.json.host.1.x.y'), '{');
    const { receipts } = await build(root, source, { partSizeBytes: PART_BYTES });
    expect(receipts.length).toBeGreaterThan(3);
  });
});

describe('a finished export', () => {
  test('is not built again, and every part keeps its receipt', async () => {
    const { source } = await sampleSource();
    await build(root, source, { partSizeBytes: PART_BYTES });
    const before = await marks();
    await build(root, source, { partSizeBytes: PART_BYTES });
    expect(await marks()).toEqual(before);
  });

  test.each([
    ['its receipt is deleted', (name: string) => rm(join(root, 'e1', 'receipts', `${name}.json`))],
    ['its ZIP is deleted', (name: string) => rm(join(root, 'e1', name))],
    [
      'its receipt is cut short',
      async (name: string) => {
        await truncate(join(root, 'e1', 'receipts', `${name}.json`), 20);
      },
    ],
    [
      'its ZIP is cut short',
      async (name: string) => {
        await truncate(join(root, 'e1', name), 1_000);
      },
    ],
  ])('has exactly one part built again, with the same bytes, when %s', async (_, damage) => {
    const { source } = await sampleSource();
    const first = await build(root, source, { partSizeBytes: PART_BYTES });
    const victim = first.receipts[2]?.name ?? '';
    const bytes = sha256(await readFile(join(root, 'e1', victim)));
    const { [victim]: old, ...others } = await marks();
    await damage(victim);
    await build(root, source, { partSizeBytes: PART_BYTES });
    expect(sha256(await readFile(join(root, 'e1', victim)))).toBe(bytes);
    expect(await marks()).toMatchObject(others);
    expect((await marks())[victim]).not.toBe(old);
  });
});
