import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registerCard } from '../../../src/adapters/intercom/canvas/mount.ts';
import { createServer } from '../../../src/adapters/web/server.ts';
import { signedCard } from '../../support/intercom-card.ts';
import { RecordingLog } from '../../support/recorders.ts';

const SECRET = 'client-secret';
const BODY = JSON.stringify({ workspace_id: 'abcd1234', contact: { id: 'x' } });

let web: FastifyInstance;
let asked: (string | null)[];

beforeEach(async () => {
  asked = [];
  const log = new RecordingLog();
  web = await createServer(log);
  const show = async ({ contactId }: { contactId: string | null }) => {
    asked.push(contactId);
    return [];
  };
  registerCard(web, {
    appId: 'abcd1234',
    clientSecret: SECRET,
    publicUrl: 'https://exports.example.com',
    card: { show, press: show, idle: async () => undefined },
    log,
  });
});

afterEach(() => web.close());

const post = (headers: Record<string, string>, payload = BODY, path = 'content') =>
  web.inject({ method: 'POST', url: `/webhooks/intercom/card/${path}`, headers, payload });
const right = (body = BODY) => signedCard(body, SECRET);

test('what Intercom signed is taken', async () => {
  expect((await post(right())).json()).toEqual({ content: { components: [] } });
  expect((await post(right(), BODY, 'submit')).json()).toEqual({
    canvas: { content: { components: [] } },
  });
  expect(asked).toEqual(['x', 'x']);
});

test.each(['content', 'submit', 'initialize'])(
  'what it did not sign is refused: %s',
  async (path) => {
    for (const headers of [
      { 'content-type': 'application/json' },
      signedCard(BODY, 'another secret'),
      right(`${BODY} `),
      { ...right(), 'x-body-signature': `sha256=${right()['x-body-signature']}` },
      { ...right(), 'x-body-signature': '' },
    ]) {
      expect((await post(headers, BODY, path)).statusCode).toBe(401);
    }
    expect(asked).toEqual([]);
  },
);

test.each(['{', '[]', '"x"', ''])('a body that cannot be read is refused: %s', async (body) => {
  expect((await post(right(body), body)).statusCode).toBe(400);
});

test('another workspace and more than 1 MB are refused', async () => {
  const other = BODY.replace('abcd1234', 'other999');
  expect((await post(right(other), other)).statusCode).toBe(403);
  const large = `${' '.repeat(1024 * 1024)}${BODY}`;
  expect((await post(right(large), large)).statusCode).toBe(413);
  expect(asked).toEqual([]);
});
