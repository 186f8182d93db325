import { jwtVerify, SignJWT } from 'jose';

/** The page asks for a new one in time, so a stolen one is soon worth nothing. */
const LIFETIME_SECONDS = 15 * 60;
const ALGORITHM = 'HS256';

/**
 * What the Messenger loads, by directive of the content security policy (intercom.com/help, "Using Intercom with
 * Content Security Policy"). It builds its frames with styles of their own; code comes from Intercom's hosts only.
 */
const SOURCES: Record<string, readonly string[]> = {
  'script-src': [
    'https://app.intercom.io',
    'https://widget.intercom.io',
    'https://js.intercomcdn.com',
  ],
  'style-src': ["'unsafe-inline'"],
  'connect-src': [
    'https://*.intercom.io',
    'wss://*.intercom.io',
    'https://*.intercom-messenger.com',
    'wss://*.intercom-messenger.com',
    'https://uploads.intercomcdn.com',
    'https://uploads.intercomcdn.eu',
    'https://uploads.au.intercomcdn.com',
    'https://uploads.eu.intercomcdn.com',
    'https://uploads.intercomusercontent.com',
  ],
  'font-src': ['https://js.intercomcdn.com', 'https://fonts.intercomcdn.com'],
  'img-src': [
    'data:',
    'https://*.intercomcdn.com',
    'https://*.intercomcdn.eu',
    'https://static.intercomassets.com',
    'https://static.intercomassets.eu',
    'https://static.au.intercomassets.com',
    'https://*.intercomusercontent.com',
    'https://messenger-apps.intercom.io',
    'https://messenger-apps.eu.intercom.io',
    'https://messenger-apps.au.intercom.io',
  ],
  'media-src': ['https://js.intercomcdn.com', 'https://downloads.intercomcdn.com'],
  'frame-src': ['https://intercom-sheets.com', 'https://www.intercom-reporting.com'],
  'form-action': ['https://intercom.help', 'https://api-iam.intercom.io'],
};

type Region = 'us' | 'eu' | 'ap';

/**
 * The Messenger for the page: whose workspace, where it is hosted, what it loads, and who the visitor is.
 * @param now Intercom's time: a clock that was moved does not count
 */
export function createMessenger(
  settings: { appId: string; identitySecret: string | null; apiUrl: string | null },
  now: () => Date = () => new Date(),
) {
  const { appId, identitySecret, apiUrl } = settings;
  return {
    appId,
    region: regionOf(apiUrl),
    sources: SOURCES,
    identify: async (person: { email: string; name: string }) =>
      identitySecret === null
        ? null
        : {
            jwt: await signIdentity(identitySecret, person, now()),
            lifetimeSeconds: LIFETIME_SECONDS,
          },
  };
}

/**
 * The token that proves to Intercom who is signed in (intercom.com/help, "Authenticating users in the Messenger with
 * JSON Web Tokens"). The user id is the address, because that is what the bot knows people by.
 */
export async function signIdentity(
  identitySecret: string,
  { email, name }: { email: string; name: string },
  now: Date,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ user_id: email, email, name })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(Buffer.from(identitySecret));
}

/** Reads such a token as Intercom would. @throws when it does not count */
export async function readIdentity(
  identitySecret: string,
  jwt: string,
  now: Date,
): Promise<{ userId: string; email: string; lifetimeSeconds: number }> {
  const { payload } = await jwtVerify(jwt, Buffer.from(identitySecret), {
    algorithms: [ALGORITHM],
    requiredClaims: ['user_id', 'exp', 'iat'],
    currentDate: now,
  });
  return {
    userId: String(payload.user_id),
    email: String(payload.email),
    lifetimeSeconds: (payload.exp ?? 0) - (payload.iat ?? 0),
  };
}

/** Workspaces live in the USA unless their API has another address. */
function regionOf(apiUrl: string | null): Region {
  const host = apiUrl ? new URL(apiUrl).hostname : '';
  if (host === 'api.eu.intercom.io') return 'eu';
  return host === 'api.au.intercom.io' ? 'ap' : 'us';
}
