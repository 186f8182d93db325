import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  sign as signBytes,
} from 'node:crypto';
import type { PublicKey } from '../../domain/signature.ts';
import type { Signer } from '../../ports/signer.ts';

/** What stands before the 32 bytes of a private Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key comes from the secret, so the same secret signs with the same key, and there is no second thing to keep. */
export function createSigner(secret: Uint8Array): Signer {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'waybill/sign/1', 32));
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey: { keyId: keyIdOf(x), x },
    sign: (content) => signBytes(null, content, key).toString('base64'),
  };
}

/** See `PublicKey`. */
export function keyIdOf(x: PublicKey['x']): string {
  return createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex').slice(0, 16);
}
