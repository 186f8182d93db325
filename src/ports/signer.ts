import type { PublicKey } from '../domain/signature.ts';

/** Signs what the vendor answers for: manifests, certificates of deletion. */
export interface Signer {
  publicKey: PublicKey;
  /** Ed25519 over exactly these bytes, in base64; the same for the same bytes. */
  sign(content: Uint8Array): string;
}
