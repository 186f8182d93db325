import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { codeOf } from '../../domain/identity-code.ts';

const CODES = 1_000_000;
const SALT_BYTES = 16;

/** A new code and what is stored of it. */
export function newCode(who: string): { code: string; hash: string } {
  const code = codeOf(randomInt(CODES));
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  return { code, hash: `${salt}.${digest(salt, who, code).toString('base64url')}` };
}

/** Whether this is the code of this person. Compared in constant time. */
export function isCode(hash: string, who: string, given: string): boolean {
  const [salt = '', expected = ''] = hash.split('.');
  const stored = Buffer.from(expected, 'base64url');
  const offered = digest(salt, who, given);
  return stored.length === offered.length && timingSafeEqual(stored, offered);
}

function digest(salt: string, who: string, code: string): Buffer {
  return createHmac('sha256', salt).update(`${who}\n${code}`).digest();
}
