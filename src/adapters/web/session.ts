import { createHmac } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Who is signed in to the web chat, and until when. */
export type ChatSession = { email: string; name: string; expiresAt: Date };

/** What is wrong with a token of the ATS: the sentence is for the person, the hint for the vendor's developers. */
type TokenProblem = { code: 'expired' | 'wrong'; sentence: string; hint: string };

export type TokenReading =
  | { ok: true; session: ChatSession }
  | { ok: false; problem: TokenProblem };

/** The audience that a token of the ATS names, so that no other token of its maker opens the chat. */
const ATS_AUDIENCE = 'waybill-chat';
const SESSION_AUDIENCE = 'waybill-chat-session';
const ALGORITHM = 'HS256';
const LONGEST_TOKEN_MS = 24 * 3_600_000;
const CLOCK_SKEW_SECONDS = 30;

const Claims = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email()),
  name: z.string().trim().max(200).optional(),
  exp: z.number(),
});

/**
 * Reads the token with which the ATS signs a person in: a JWT, HS256 with WAYBILL_SECRET, `aud` of
 * "waybill-chat", `email`, `exp` at most 24 hours away, and `name` if there is one. The session ends when
 * the token does.
 */
export async function readAtsToken(
  token: string,
  secret: Uint8Array,
  now: Date,
): Promise<TokenReading> {
  const verified = await verify(token, secret, ATS_AUDIENCE, now);
  if ('hint' in verified) return { ok: false, problem: verified };
  if (verified.session.expiresAt.getTime() > now.getTime() + LONGEST_TOKEN_MS) {
    return { ok: false, problem: wrong('"exp" is more than 24 hours away') };
  }
  return { ok: true, session: verified.session };
}

/** The cookie's value. Its key is not the secret itself: the ATS's tokens and ours can never stand for each other. */
export async function sealSession(session: ChatSession, secret: Uint8Array): Promise<string> {
  return new SignJWT({ email: session.email, name: session.name })
    .setProtectedHeader({ alg: ALGORITHM })
    .setAudience(SESSION_AUDIENCE)
    .setExpirationTime(session.expiresAt)
    .sign(sessionKey(secret));
}

/** The session in a cookie, or null when there is none that still counts. */
export async function openSession(
  cookie: string | undefined,
  secret: Uint8Array,
  now: Date,
): Promise<ChatSession | null> {
  if (!cookie) return null;
  const verified = await verify(cookie, sessionKey(secret), SESSION_AUDIENCE, now);
  return 'hint' in verified ? null : verified.session;
}

async function verify(
  token: string,
  key: Uint8Array,
  audience: string,
  now: Date,
): Promise<{ session: ChatSession } | TokenProblem> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      audience,
      requiredClaims: ['exp'],
      currentDate: now,
      clockTolerance: CLOCK_SKEW_SECONDS,
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success) return wrong('"email" is missing or is not an address');
    const { email, name, exp } = claims.data;
    return { session: { email, name: name || email, expiresAt: new Date(exp * 1000) } };
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      return {
        code: 'expired',
        sentence:
          'This link to the chat has expired. Please open the chat again from inside your recruiting software.',
        hint: '"exp" is in the past',
      };
    }
    if (error instanceof errors.JWTClaimValidationFailed) {
      return wrong(`"${error.claim}" is missing or is not what it has to be`);
    }
    return wrong(`it is not a JWT signed with ${ALGORITHM} and WAYBILL_SECRET`);
  }
}

function wrong(hint: string): TokenProblem {
  return {
    code: 'wrong',
    sentence:
      'This link to the chat does not work. Please open the chat again from inside your recruiting software.',
    hint,
  };
}

function sessionKey(secret: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update(SESSION_AUDIENCE).digest();
}
