/** A public key of Ed25519 (RFC 8032). */
export type PublicKey = {
  /** Short name of the key: the first 16 hex digits of the SHA-256 of its 32 bytes. */
  keyId: string;
  /** The 32 bytes in base64url, as `x` of a JSON Web Key (RFC 8037). */
  x: string;
};

/** What lies beside a signed file. */
type Signature = {
  format: 'waybill-signature/1';
  algorithm: 'Ed25519';
  keyId: string;
  publicKey: string;
  /** Base64. */
  signature: string;
};

export const SIGNATURE_NAME = 'manifest.sig';

/** The text of a signature's file. The key is in it, so that damage shows without asking anybody; whose key it is, only the vendor can say. */
export function signatureText({ keyId, x }: PublicKey, signature: string): string {
  const content: Signature = {
    format: 'waybill-signature/1',
    algorithm: 'Ed25519',
    keyId,
    publicKey: x,
    signature,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The public keys as a JSON Web Key Set (RFC 7517). */
export function keySet(keys: readonly PublicKey[]) {
  return {
    keys: keys.map(({ keyId, x }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      use: 'sig',
      alg: 'EdDSA',
      kid: keyId,
      x,
    })),
  };
}
