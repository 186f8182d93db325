import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner } from '../../src/adapters/crypto/signer.ts';
import { keySet } from '../../src/domain/signature.ts';
import { runOnSample } from '../support/run-on-sample.ts';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-command-'));
  out = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keysOf = (secret: string) =>
  JSON.stringify(keySet([createSigner(Buffer.from(secret)).publicKey]));

const exported = (...more: string[]) =>
  runOnSample('export', '--account', 'acme', '--out', out, ...more);

describe('waybill verify', () => {
  beforeEach(async () => {
    await exported('--part-size', '1MB');
  });
  const aZip = async () =>
    join(out, (await readdir(out)).find((name) => name.includes('cvs')) ?? '');

  test('finds a folder and a links CSV in order', async () => {
    const ofFolder = await runOnSample('verify', out);
    expect(ofFolder.code).toBe(0);
    expect(ofFolder.stdout).toMatch(
      /^ok {2}acme-data-001\.zip\n[\s\S]*Everything is in order\. \d+ files? could not be exported; see missing\.csv\.\nSigned with the key [\da-f]{16}\. [^\n]+\n$/,
    );
    const ofCsv = await runOnSample('verify', join(out, 'links.csv'), '--json');
    expect(JSON.parse(ofCsv.stdout)).toMatchObject({ ok: true });
  });

  test('says whose signature it is, and refuses one of others', async () => {
    const secret = 'a secret of thirty-two characters';
    const keys = join(folder, 'keys.json');
    await writeFile(keys, keysOf(secret));
    const { code, stdout } = await runOnSample('verify', out, '--keys', keys);
    expect(stdout).toMatch(/Signed with the key [\da-f]{16}, which is one of yours\.\n$/);
    expect(code).toBe(0);
    await writeFile(keys, keysOf('another secret of this many chars'));
    const others = await runOnSample('verify', out, '--keys', keys);
    expect(others.stdout).toMatch(/NO {2}manifest\.sig: The key [\da-f]{16} is not among those/);
    expect(others.code).toBe(1);
    await rm(join(out, 'manifest.sig'));
    const without = await runOnSample('verify', join(out, 'links.csv'), '--keys', keys, '--json');
    expect(JSON.parse(without.stdout).signature.problem).toMatch(/nobody can say who made this/);
  });

  test('finds a manifest that somebody has changed, and its sums with it', async () => {
    const manifest = join(out, 'manifest.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"Acme', '"Evil'));
    const sums = join(out, 'SHA256SUMS');
    const sha256 = createHash('sha256')
      .update(await readFile(manifest))
      .digest('hex');
    const text = await readFile(sums, 'utf8');
    await writeFile(sums, text.replace(/^.{64}(?= {2}manifest\.json$)/m, sha256));
    const { code, stdout } = await runOnSample('verify', out);
    expect(stdout).toMatch(/ok {2}manifest\.json[\s\S]*NO {2}manifest\.sig: It does not fit/);
    expect(code).toBe(1);
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['gone', async () => rm(await aZip()), /It is not there; download it/],
    [
      'cut short',
      async () => truncate(await aZip(), 500),
      /It has 500 bytes instead of \d+; download it again/,
    ],
    [
      'damaged',
      async () => {
        const zip = await aZip();
        const bytes = await readFile(zip);
        bytes.fill(0, 2_000, 2_100);
        await writeFile(zip, bytes);
      },
      /Its SHA-256 is not the one in the list[\s\S]*its content is damaged/,
    ],
    [
      'another missing.csv',
      async () => writeFile(join(out, 'missing.csv'), 'x'),
      /missing\.csv: Its SHA-256/,
    ],
  ])('says what is wrong when a file is %s', async (_, damage, problem) => {
    await damage();
    const { code, stdout, stderr } = await runOnSample('verify', out);
    expect(code).toBe(1);
    expect(stdout).toMatch(problem);
    expect(stderr).toMatch(/^1 of \d+ files are not in order\.\n$/);
    expect(JSON.parse((await runOnSample('verify', out, '--json')).stdout)).toMatchObject({
      ok: false,
    });
  });

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'nothing',
      async () => join(folder, 'nowhere'),
      /^There is no .*nowhere; give the folder .*\n$/,
    ],
    [
      'a folder without a manifest',
      async () => folder,
      /^There is no manifest\.json in .*; download it too\.\n$/,
    ],
    [
      'a damaged manifest',
      () => forge('manifest.json', '{"format":"waybill-manifest/1","parts":[{"name":"../x"}]}'),
      /is damaged, or not a manifest/,
    ],
    [
      'a damaged links CSV',
      async () => join(await forge('links.csv', 'a,b\n1'), 'links.csv'),
      /is damaged, or not a links CSV/,
    ],
    [
      'a links CSV with paths',
      async () =>
        join(
          await forge('links.csv', `part,file_name,size_bytes,sha256\n1,../x,1,${'a'.repeat(64)}`),
          'links.csv',
        ),
      /not a links CSV/,
    ],
  ])('refuses %s in one sentence', async (_, path, sentence) => {
    const { code, stderr } = await runOnSample('verify', await path());
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
  });

  async function forge(name: string, content: string): Promise<string> {
    await writeFile(join(out, name), content);
    return out;
  }
});
