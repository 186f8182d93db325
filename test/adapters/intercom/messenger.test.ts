import { decodeJwt, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMessenger, readIdentity } from '../../../src/adapters/intercom/messenger.ts';
import type { MessengerAnswer } from '../../../src/domain/chat-view.ts';
import { atsToken, type ChatServer, signIn, startChatServer } from '../../support/chat-server.ts';

const IDENTITY_SECRET = 'the secret of the Messenger';
const SETTINGS = { appId: 'abcd1234', identitySecret: IDENTITY_SECRET, apiUrl: null };

describe('the page with the Messenger', () => {
  let server: ChatServer;
  beforeEach(async () => {
    server = await startChatServer({ messenger: createMessenger(SETTINGS) });
  });
  afterEach(() => server.close());

  async function ask(cookie = ''): Promise<MessengerAnswer> {
    const answer = await fetch(`${server.url}/chat/messenger`, { headers: { cookie } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return answer.json() as Promise<MessengerAnswer>;
  }

  test('proves to Intercom who is signed in, for a short time', async () => {
    const { identity, ...answer } = await ask(await signIn(server));
    expect(answer).toMatchObject({
      appId: 'abcd1234',
      region: 'us',
      person: { email: 'alice@acme.example', name: 'alice' },
    });
    const { payload, protectedHeader } = await jwtVerify(
      identity?.jwt ?? '',
      Buffer.from(IDENTITY_SECRET),
    );
    expect(protectedHeader.alg).toBe('HS256');
    expect(payload).toMatchObject({
      user_id: 'alice@acme.example',
      email: 'alice@acme.example',
      name: 'alice',
    });
    const lifetime = (payload.exp ?? 0) - (payload.iat ?? 0);
    expect(lifetime).toBe(identity?.lifetimeSeconds);
    expect(lifetime).toBeLessThanOrEqual(15 * 60);
    expect(Math.abs((payload.iat ?? 0) - Date.now() / 1000)).toBeLessThan(5);
  });

  test('proves nothing of somebody who is not signed in', async () => {
    const nobody = { person: null, thread: null, identity: null };
    expect(await ask()).toMatchObject(nobody);
    expect(await ask('waybill_chat=forged')).toMatchObject(nobody);
    const expired = await atsToken({}, { expiresAt: new Date(Date.now() - 3_600_000) });
    const answer = await fetch(`${server.url}/?token=${expired}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/?signin=expired');
  });

  test('lets in Intercom, and nobody else; every other page lets in nobody', async () => {
    const page = await policy('/');
    expect(page).toContain("script-src 'self' https://app.intercom.io https://widget.intercom.io");
    expect(page).toContain('wss://*.intercom.io');
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("base-uri 'none'");
    expect(page).not.toMatch(/script-src[^;]*unsafe/);
    for (const other of ['/chat', '/chat/messenger', '/healthz', '/desk']) {
      expect(await policy(other)).not.toContain('intercom');
    }
  });

  async function policy(path: string): Promise<string> {
    const answer = await fetch(`${server.url}${path}`);
    return answer.headers.get('content-security-policy') ?? '';
  }
});

test('without Intercom nothing of it is there', async () => {
  const server = await startChatServer();
  const page = await fetch(server.url);
  expect(page.headers.get('content-security-policy')).not.toContain('intercom');
  expect((await fetch(`${server.url}/chat/messenger`)).status).toBe(404);
  await server.close();
});

test('without the secret of the Messenger nobody is proven to Intercom', async () => {
  const messenger = createMessenger({ ...SETTINGS, identitySecret: null });
  expect(await messenger.identify({ email: 'alice@acme.example', name: 'Alice' })).toBeNull();
});

test.each([
  [null, 'us'],
  ['https://api.intercom.io', 'us'],
  ['https://api.eu.intercom.io', 'eu'],
  ['https://api.au.intercom.io', 'ap'],
])('a workspace at %s is hosted in %s', (apiUrl, region) => {
  expect(createMessenger({ ...SETTINGS, apiUrl }).region).toBe(region);
});

test('a token of another secret, or that is too old, does not count', async () => {
  const made = new Date('2026-11-20T10:00:00Z');
  const messenger = createMessenger(SETTINGS, () => made);
  const { jwt = '' } = (await messenger.identify({ email: 'a@b.example', name: 'A' })) ?? {};
  expect(decodeJwt(jwt).user_id).toBe('a@b.example');
  expect(await readIdentity(IDENTITY_SECRET, jwt, made)).toEqual({
    userId: 'a@b.example',
    email: 'a@b.example',
    lifetimeSeconds: 900,
  });
  await expect(readIdentity('another', jwt, made)).rejects.toThrow();
  await expect(
    readIdentity(IDENTITY_SECRET, jwt, new Date('2026-11-20T10:16:00Z')),
  ).rejects.toThrow();
});
