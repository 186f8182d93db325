import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Tokens } from '../../ports/tokens.ts';

type Purpose = 'link' | 'page' | 'stop' | 'desk';
const PURPOSES = ['link', 'page', 'stop', 'desk'] as const satisfies readonly Purpose[];

const MIN_SECRET_BYTES = 16;
/** 24 bytes are 32 characters of base64url with no bits left over, so a MAC is written in one way only. */
const MAC_BYTES = 24;
/** Far above any genuine token; the rest of a longer one is not looked at. */
const MAX_TOKEN_CHARS = 2048;

/**
 * Tokens as `<payload>.<MAC>` in base64url, with HMAC-SHA256 and a key of its own for each purpose (HKDF, RFC 5869).
 * @throws Error when the secret is too short to keep anything safe
 */
export function createTokens(secret: Uint8Array): Tokens {
  if (secret.length < MIN_SECRET_BYTES) {
    throw new Error(`The secret is too short; use at least ${MIN_SECRET_BYTES} bytes.`);
  }
  const keys = new Map(
    PURPOSES.map((purpose) => [
      purpose,
      Buffer.from(hkdfSync('sha256', secret, '', `waybill/${purpose}/1`, 32)),
    ]),
  );

  function mac(purpose: Purpose, payload: string): string {
    const digest = createHmac('sha256', keys.get(purpose) ?? '')
      .update(payload)
      .digest();
    return digest.subarray(0, MAC_BYTES).toString('base64url');
  }

  function sign(purpose: Purpose, payload: string): string {
    return `${payload}.${mac(purpose, payload)}`;
  }

  /** The payload of a genuine token. Every refusal goes through the same work. */
  function open(purpose: Purpose, token: string): string | null {
    const looked = token.slice(0, MAX_TOKEN_CHARS);
    const payload = looked.slice(0, Math.max(0, looked.lastIndexOf('.')));
    return isSame(token, sign(purpose, payload)) ? payload : null;
  }

  return {
    link: (id, version, via) => sign('link', `${id}.${version}${via ? `~${via}` : ''}`),
    readLink: (token) => {
      const payload = open('link', token);
      const match = payload === null ? null : /^(.*)\.(\d+)(?:~([\w-]+))?$/s.exec(payload);
      if (!match) return null;
      const [, id = '', version, via] = match;
      return { id, version: Number(version), ...(via && { via }) };
    },
    page: (exportId, shareId) => sign('page', encode(exportId) + (shareId ? `~${shareId}` : '')),
    readPage: (token) => {
      const payload = open('page', token);
      if (payload === null) return null;
      const [exportId = '', shareId] = payload.split('~');
      return { exportId: decode(exportId), ...(shareId && { shareId }) };
    },
    stop: (ticketNumber, email) => sign('stop', encode(`${ticketNumber} ${email}`)),
    readStop: (token) => {
      const payload = open('stop', token);
      const match = payload === null ? null : /^(\d+) (.*)$/s.exec(decode(payload));
      return match ? { ticketNumber: Number(match[1]), email: match[2] ?? '' } : null;
    },
    desk: () => mac('desk', ''),
    isDesk: (token) => isSame(token, mac('desk', '')),
  };
}

/** Compares digests, so that neither content nor length shows in the time. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given.slice(0, MAX_TOKEN_CHARS + 1)), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function decode(payload: string): string {
  return Buffer.from(payload, 'base64url').toString('utf8');
}
