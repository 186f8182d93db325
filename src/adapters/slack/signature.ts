import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own advice: a request that is older is somebody's copy. */
const MAX_AGE_SECONDS = 5 * 60;

/**
 * Whether Slack signed these bytes within the last five minutes: `v0=` and the hex HMAC-SHA256 of `v0:<time>:<body>`
 * (docs.slack.dev/authentication/verifying-requests-from-slack). Compared in constant time.
 */
export function isSigned(
  signingSecret: string,
  headers: Record<string, string | string[] | undefined>,
  body: Buffer,
  now: Date,
): boolean {
  const time = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof time !== 'string' || typeof signature !== 'string' || signingSecret === '') {
    return false;
  }
  if (!/^\d{1,12}$/.test(time)) return false;
  const ageSeconds = Math.abs(now.getTime() / 1000 - Number(time));
  const mac = createHmac('sha256', signingSecret).update(`v0:${time}:`).update(body);
  const expected = Buffer.from(`v0=${mac.digest('hex')}`);
  const given = Buffer.from(signature);
  const isEqual = given.length === expected.length && timingSafeEqual(given, expected);
  return isEqual && ageSeconds <= MAX_AGE_SECONDS;
}
