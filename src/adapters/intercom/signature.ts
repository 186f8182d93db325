import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Intercom signed these bytes: `sha1=` and the hex HMAC-SHA1 of the body, with the app's client secret, in
 * `X-Hub-Signature` (developers.intercom.com, "Setting up webhooks"). Compared in constant time.
 */
export function isSigned(
  clientSecret: string,
  signature: string | string[] | undefined,
  body: Buffer,
): boolean {
  if (typeof signature !== 'string' || clientSecret === '') return false;
  const mac = createHmac('sha1', clientSecret).update(body).digest('hex');
  const expected = Buffer.from(`sha1=${mac}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
