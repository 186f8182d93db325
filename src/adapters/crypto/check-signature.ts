import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { keyIdOf } from './signer.ts';

const SignatureFile = z.object({
  format: z.literal('waybill-signature/1'),
  algorithm: z.literal('Ed25519'),
  publicKey: z.string().regex(/^[\w-]{43}$/),
  signature: z.base64(),
});

const KeySet = z.object({
  keys: z.array(z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })),
});

/** What a signature says; `problem` is null when all is well. */
export type SignatureReport = { keyId: string | null; trusted: boolean; problem: string | null };

/**
 * Checks the signature of a manifest.
 * @param keys content of what `/keys` answers (a JSON Web Key Set); null: the key in the signature is taken as it is
 */
export function checkSignature(
  content: Uint8Array,
  signatureFile: string,
  keys: string | null,
): SignatureReport {
  const parsed = SignatureFile.safeParse(jsonOf(signatureFile));
  if (!parsed.success) {
    return report(null, 'It is damaged, or not a signature of Waybill; download it again.');
  }
  const { publicKey: x, signature } = parsed.data;
  const keyId = keyIdOf(x);
  const key = keyOf(x);
  if (!key || !verify(null, content, key, Buffer.from(signature, 'base64'))) {
    return report(keyId, 'It does not fit manifest.json: one of the two was changed.');
  }
  if (keys === null) return { keyId, trusted: false, problem: null };
  return isAmong(x, keys)
    ? { keyId, trusted: true, problem: null }
    : report(
        keyId,
        `The key ${keyId} is not among those that you gave: somebody else signed this.`,
      );
}

function report(keyId: string | null, problem: string): SignatureReport {
  return { keyId, trusted: false, problem };
}

function isAmong(x: string, keys: string): boolean {
  const set = KeySet.safeParse(jsonOf(keys));
  if (!set.success) {
    throw new Error(
      'The file of keys is not what /keys of the vendor answers; save that answer and give the file.',
    );
  }
  return set.data.keys.some((key) => key.x === x);
}

function keyOf(x: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
