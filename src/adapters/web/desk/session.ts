import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

export const DESK_COOKIE = 'waybill_desk';
export const SESSION_DAYS = 30;

const AUDIENCE = 'waybill-desk-session';
const ALGORITHM = 'HS256';
const DAY_SECONDS = 86_400;

const Claims = z.object({ name: z.string().min(1), iat: z.number() });

/** Who works at this desk. */
export type Agent = { name: string; signedInAt: Date };

/** The cookie's value for an agent, good for SESSION_DAYS. */
export async function sealAgent(name: string, secret: Uint8Array, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ name })
    .setProtectedHeader({ alg: ALGORITHM })
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + SESSION_DAYS * DAY_SECONDS)
    .sign(keyOf(secret));
}

/** The agent of a cookie; null when it is forged, too old or not there. */
export async function openAgent(
  cookie: string | undefined,
  secret: Uint8Array,
  now: Date,
): Promise<Agent | null> {
  if (!cookie) return null;
  try {
    const { payload } = await jwtVerify(cookie, keyOf(secret), {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat'],
      currentDate: now,
    });
    const { name, iat } = Claims.parse(payload);
    return { name, signedInAt: new Date(iat * 1000) };
  } catch {
    return null;
  }
}

/** Not the secret itself: no other token that is signed with it can stand for an agent. */
function keyOf(secret: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update(AUDIENCE).digest();
}
