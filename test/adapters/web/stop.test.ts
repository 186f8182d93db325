import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createServer } from '../../../src/adapters/web/server.ts';
import { registerStop, type StopAnswer } from '../../../src/adapters/web/stop.ts';
import { RecordingLog } from '../../support/recorders.ts';

const TOKEN = 'abc.def';
const view = {
  ticketNumber: 12,
  accountName: 'Acme <script>alert(1)</script>\u202E',
  requesterName: 'Al "Q" <b>',
  askedAt: new Date('2026-03-02T10:00:00Z'),
  options: [{ label: 'Content', value: 'data files (CSV) & <i>' }],
  over: null,
};

let app: FastifyInstance;
let calls: string[];
let url: string;

beforeEach(async () => {
  calls = [];
  let over: string | null = null;
  const answer = (token: string): StopAnswer =>
    token === TOKEN
      ? { ok: true, language: 'en', view: { ...view, over } }
      : { ok: false, language: 'en', reason: 'This link is not <complete>.' };
  app = await createServer(new RecordingLog());
  registerStop(app, {
    publicUrl: 'http://127.0.0.1',
    show: async (token) => {
      calls.push(`show ${token}`);
      return answer(token);
    },
    stop: async (token) => {
      calls.push(`stop ${token}`);
      over = 'The export is stopped.';
      return answer(token);
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/stop/`;
});

afterEach(() => app.close());

function press(token: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url + token, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

describe('the stop page', () => {
  test('says what was asked, by whom and when, and has a button', async () => {
    const response = await fetch(url + TOKEN);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Al &quot;Q&quot; &lt;b&gt;');
    expect(page).toContain('Monday, 2 March 2026, 10:00 UTC');
    expect(page).toContain('data files (CSV) &amp; &lt;i&gt;');
    expect(page).toContain('Stop this export</button>');
    expect(page).not.toMatch(/<script|<b>|<i>|\u202E/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    // Browsers name the origin of the form, so that another site cannot press the button.
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
  });

  test('changes nothing when it is only opened, whatever the method', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
      await fetch(url + TOKEN, { method });
    }
    expect(calls).toEqual([`show ${TOKEN}`, `show ${TOKEN}`]);
  });

  test('stops the export when the button is pressed, and says so without a button', async () => {
    const response = await press(TOKEN);
    const page = await response.text();
    expect([response.status, calls]).toEqual([200, [`stop ${TOKEN}`]]);
    expect(page).toContain('The export is stopped.');
    expect(page).not.toContain('<button');
    expect(await (await fetch(url + TOKEN)).text()).not.toContain('<button');
  });

  test('cannot be pressed by a page of another site', async () => {
    const response = await press(TOKEN, { origin: 'https://evil.example' });
    expect([response.status, calls]).toEqual([403, []]);
  });

  test.each(['x', '', `${TOKEN}/x`, 'a'.repeat(3000)])('is refused for "%s"', async (token) => {
    for (const response of [await fetch(url + token), await press(token)]) {
      expect(response.status).toBe(404);
      const page = await response.text();
      expect(page).toContain('Nothing was stopped');
      expect(page).toContain('This link is not &lt;complete&gt;.');
    }
  });

  test('takes no large form', async () => {
    const body = 'a='.padEnd(5000, 'x');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(url + TOKEN, { method: 'POST', headers, body });
    expect([response.status, calls]).toEqual([413, []]);
  });
});
