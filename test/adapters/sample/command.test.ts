import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { generateSample } from '../../../src/adapters/sample/sample.ts';
import { registerSample } from '../../../src/commands/sample.ts';

let parent: string;
let said: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'waybill-command-'));
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(parent, { recursive: true, force: true });
});

async function waybill(...args: string[]): Promise<void> {
  const program = new Command('waybill').exitOverride();
  program.configureOutput({ writeErr: () => {} });
  registerSample(program, generateSample);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: () => {} });
  await program.parseAsync(['sample', ...args], { from: 'user' });
}

test('says what it wrote and how to use it, then that it is there already', async () => {
  const dir = join(parent, 'one');
  const args = [
    '--out',
    dir,
    '--candidates',
    '10',
    '--bytes-per-file',
    '100',
    '--today',
    '2026-11-20',
  ];
  await waybill(...args);
  expect(said).toMatch(
    /^Wrote 40 candidates and \d+ files \(.*\)\. Use it with SOURCE=.*one\/source\.yaml\n$/,
  );
  said = '';
  await waybill(...args);
  expect(said).toMatch(/^This sample is there already\. Use it with SOURCE=/);
});

test('with --json one object, and nothing else', async () => {
  const dir = join(parent, 'one');
  await waybill('--out', dir, '--candidates', '5', '--bytes-per-file', '0', '--json');
  expect(JSON.parse(said)).toEqual({
    dir,
    sourceFile: join(dir, 'source.yaml'),
    made: { candidates: 20, files: expect.any(Number), bytes: expect.any(Number) },
  });
});

test.each([['many'], ['-1'], ['1e3'], ['']])('refuses %j candidates', async (candidates) => {
  await expect(waybill('--out', join(parent, 'x'), `--candidates=${candidates}`)).rejects.toThrow(
    /Give a whole number/,
  );
});
