import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import type { Vault } from '../../ports/passwords.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Without 0, 1, i, l and o, which are mistaken for each other when a password is read aloud or typed. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 30 characters of 31: 148 bits. */
const GROUPS = 6;
const GROUP_CHARS = 5;

/** AES-256-GCM with a key that comes from the secret (HKDF, RFC 5869). */
export function createVault(secret: Uint8Array): Vault {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'waybill/password/1', 32));
  return {
    passphrase: () => Array.from({ length: GROUPS }, group).join('-'),

    seal(text, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
      const sealed = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString('base64url');
    },

    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      const iv = bytes.subarray(0, IV_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

function group(): string {
  const letter = () => LETTERS.charAt(randomInt(LETTERS.length));
  return Array.from({ length: GROUP_CHARS }, letter).join('');
}
