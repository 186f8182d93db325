import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentAt, type DeskServer, startDeskServer } from '../../support/desk-server.ts';

let server: DeskServer;

beforeEach(async () => {
  server = await startDeskServer();
});

afterEach(async () => {
  await server.close();
});

function signIn(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/desk/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const wrong = (name: unknown = 'Mallory') => signIn({ token: 'not-the-token', name });

describe('signing in', () => {
  test('with token and name gives a cookie that scripts and other sites cannot use', async () => {
    const response = await signIn({ token: server.tokens.desk(), name: '  Ann نور  ' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ agent: 'Ann نور', mayJump: true });
    const cookie = response.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^waybill_desk=/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Path=\/desk/);
    expect(cookie).not.toMatch(/Secure/);
  });

  test('over https gives a cookie for https only', async () => {
    const secure = await startDeskServer({ publicUrl: 'https://desk.example' });
    const response = await fetch(`${secure.url}/desk/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: secure.tokens.desk(), name: 'Ann' }),
    });
    expect(response.headers.getSetCookie()[0]).toMatch(/Secure/);
    await secure.close();
  });

  test('answers the same to every wrong token, whatever else is wrong', async () => {
    const answers = await Promise.all([
      wrong(),
      wrong(''),
      signIn({ token: server.tokens.desk().slice(0, -1), name: 'Ann' }),
      signIn({ token: 7 }),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('This token is not right.');
  });

  test('wants a name', async () => {
    for (const name of ['', '   ', 'x'.repeat(81), 'a\u0000b']) {
      const response = await signIn({ token: server.tokens.desk(), name });
      expect(response.status).toBe(400);
      expect((await response.json()).error).toMatch(/^Your name /);
    }
  });

  test('slows down whoever guesses, and lets them in again later', async () => {
    for (let tries = 0; tries < 5; tries++) expect((await wrong()).status).toBe(403);
    const right = { token: server.tokens.desk(), name: 'Ann' };
    const held = await signIn(right);
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBe(30);
    expect((await held.json()).error).toBe('Too many wrong tries. Please wait 1 minute.');
    server.clock.jump(31 / 3600);
    expect((await signIn(right)).status).toBe(200);
    for (let tries = 0; tries < 5; tries++) expect((await wrong()).status).toBe(403);
  });

  test('waits twice as long after each further wrong try', async () => {
    for (let tries = 0; tries < 5; tries++) await wrong();
    server.clock.jump(31 / 3600);
    expect((await wrong()).status).toBe(403);
    const held = await wrong();
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBe(60);
  });

  test('holds back the address that guesses, and no other', async () => {
    for (let tries = 0; tries < 6; tries++) {
      await signIn({ token: 'x', name: 'M' }, { 'x-forwarded-for': '203.0.113.9' });
    }
    const body = { token: server.tokens.desk(), name: 'Ann' };
    expect((await signIn(body, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
    expect((await signIn(body, { 'x-forwarded-for': '203.0.113.10' })).status).toBe(200);
  });
});

describe('the session', () => {
  const api = (path: string, cookie?: string) =>
    fetch(`${server.url}/desk/api${path}`, cookie ? { headers: { cookie } } : {});

  test('is needed for everything but signing in', async () => {
    server.open();
    for (const path of [
      '/tickets',
      '/tickets/1',
      '/tickets/1/jobs',
      '/tickets/1/links.csv',
      '/talks/web%3Aalice',
      '/talks/web%3Aalice/uploads/x',
      '/events',
    ]) {
      const response = await api(path);
      expect(response.status, path).toBe(401);
      expect(await response.json()).toEqual({ error: 'Please sign in to the desk.' });
    }
    for (const path of [
      '/tickets/1/approve',
      '/talks/web%3Aalice/reply',
      '/unsent/1/again',
      '/clock',
    ]) {
      const response = await fetch(`${server.url}/desk/api${path}`, { method: 'POST' });
      expect(response.status, path).toBe(401);
    }
    expect(server.tickets.find(1)?.status).toBe('awaiting_approval');
  });

  test('says who is signed in, and nobody without a cookie', async () => {
    expect(await (await api('/session')).json()).toEqual({ session: null });
    const ann = await agentAt(server, 'Ann');
    expect((await ann.get('/session')).body.session).toMatchObject({ agent: 'Ann' });
  });

  test('cannot be forged', async () => {
    const { cookie } = await agentAt(server, 'Ann');
    const forged = await new SignJWT({ name: 'Ann' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('waybill-desk-session')
      .setIssuedAt(server.clock.now())
      .setExpirationTime(new Date('2030-01-01'))
      .sign(Buffer.from('another secret of thirty-two characters'));
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"name":"Ann"}')}.`;
    for (const value of [
      `waybill_desk=${forged}`,
      `waybill_desk=${unsigned.replaceAll('=', '')}`,
      `${cookie.slice(0, -2)}xx`,
      'waybill_desk=',
      `waybill_desk=${server.tokens.desk()}`,
    ]) {
      expect((await api('/tickets', value)).status).toBe(401);
    }
    expect((await api('/tickets', cookie)).status).toBe(200);
  });

  test('ends after 30 days, and is renewed while it is used', async () => {
    const { cookie } = await agentAt(server);
    server.clock.jump(29 * 24);
    const used = await api('/tickets', cookie);
    expect(used.status).toBe(200);
    const renewed = used.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    server.clock.jump(2 * 24);
    expect((await api('/tickets', cookie)).status).toBe(401);
    expect((await api('/tickets', renewed)).status).toBe(200);
  });

  test('can be ended', async () => {
    const ann = await agentAt(server);
    const response = await ann.post('/session/end');
    expect(response.headers.getSetCookie()[0]).toMatch(/^waybill_desk=;.*Expires=Thu, 01 Jan 1970/);
  });

  test('is of no use to a page of another site', async () => {
    const ticket = server.open();
    const ann = await agentAt(server);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await ann.post(
        `/tickets/${ticket.number}/approve`,
        { version: ticket.version },
        headers,
      );
      expect(answer.status).toBe(403);
    }
    expect(server.tickets.find(ticket.number)?.status).toBe('awaiting_approval');
  });
});

test('the page itself needs no session and allows nothing from elsewhere', async () => {
  const response = await fetch(`${server.url}/desk?token=abc`);
  expect([200, 503]).toContain(response.status);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});
