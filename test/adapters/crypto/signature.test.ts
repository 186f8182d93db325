import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkSignature } from '../../../src/adapters/crypto/check-signature.ts';
import { createSigner } from '../../../src/adapters/crypto/signer.ts';
import { keySet, signatureText } from '../../../src/domain/signature.ts';

const signer = createSigner(Buffer.from('a secret of thirty-two characters'));
const other = createSigner(Buffer.from('another secret of this many chars'));
const content = Buffer.from('{"parts":[]}\n');
const signed = signatureText(signer.publicKey, signer.sign(content));
const keysOf = ({ publicKey }: typeof signer) => JSON.stringify(keySet([publicKey]));

test('a signature is good, and of whom, when the keys are known', () => {
  const { keyId } = signer.publicKey;
  expect(checkSignature(content, signed, null)).toEqual({ keyId, trusted: false, problem: null });
  expect(checkSignature(content, signed, keysOf(signer))).toEqual({
    keyId,
    trusted: true,
    problem: null,
  });
});

test('the same secret makes the same key, another one another', () => {
  const again = createSigner(Buffer.from('a secret of thirty-two characters'));
  expect(again.publicKey).toEqual(signer.publicKey);
  expect(other.publicKey.x).not.toBe(signer.publicKey.x);
});

test.each<[string, Buffer, string, string | null, RegExp]>([
  ['changed content', Buffer.from('{"parts":[1]}\n'), signed, null, /one of the two was changed/],
  ['broken text', content, signed.slice(0, 40), null, /damaged/],
  [
    'a key that is none',
    content,
    signed.replace(signer.publicKey.x, 'A'.repeat(43)),
    null,
    /chang/,
  ],
  [
    'a signature of somebody else with their own key',
    content,
    signatureText(other.publicKey, other.sign(content)),
    keysOf(signer),
    /somebody else signed this/,
  ],
  [
    'a signature of somebody else under our key',
    content,
    signatureText(signer.publicKey, other.sign(content)),
    null,
    /one of the two was changed/,
  ],
])('%s is found out', (_, bytes, signature, keys, problem) => {
  expect(checkSignature(bytes, signature, keys).problem).toMatch(problem);
});

test('a file that holds no keys is refused with a sentence', () => {
  expect(() => checkSignature(content, signed, '<html>')).toThrow(/is not what \/keys/);
});

test('openssl agrees', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-signature-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [jwk] = keySet([signer.publicKey]).keys;
  const pem = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  await writeFile(join(folder, 'key.pem'), pem);
  await writeFile(join(folder, 'manifest.json'), content);
  await writeFile(join(folder, 'sig'), Buffer.from(signer.sign(content), 'base64'));
  const verify = () =>
    execFileSync(
      'openssl',
      'pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile sig'.split(' '),
      { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    );
  expect(verify()).toMatch(/Verified Successfully/);
  await writeFile(join(folder, 'manifest.json'), 'other');
  expect(verify).toThrow();
});
