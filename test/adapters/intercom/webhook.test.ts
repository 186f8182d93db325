import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createArrivals } from '../../../db/arrivals.ts';
import { openDatabase } from '../../../db/open.ts';
import { registerIntercomWebhook } from '../../../src/adapters/intercom/mount.ts';
import { createServer } from '../../../src/adapters/web/server.ts';
import type { Arrivals } from '../../../src/ports/arrivals.ts';
import { PAYLOADS, payload, signed } from '../../support/intercom-payloads.ts';
import { RecordingLog } from '../../support/recorders.ts';

const SECRET = 'client-secret';
const PATH = '/webhooks/intercom';
const THREAD = 'intercom:215470058830201';

let web: FastifyInstance;
let arrivals: Arrivals;
let close: () => void;
let looked: number;
let log: RecordingLog;

beforeEach(async () => {
  const database = openDatabase(':memory:');
  close = database.close;
  arrivals = createArrivals(database.db);
  looked = 0;
  log = new RecordingLog();
  web = await createServer(log);
  registerIntercomWebhook(web, {
    appId: 'abcd1234',
    clientSecret: SECRET,
    arrivals,
    look: () => {
      looked += 1;
    },
    now: () => new Date('2026-11-20T10:00:00Z'),
    log,
  });
});

afterEach(async () => {
  await web.close();
  close();
});

const post = (body: string, headers = signed(body, SECRET)) =>
  web.inject({ method: 'POST', url: PATH, headers, payload: body });
const kept = () => arrivals.waiting('intercom').map(({ content }) => content);

const HEARD: Record<string, Record<string, unknown>> = {
  'user-created': {
    kind: 'customer',
    thread: THREAD,
    messages: [
      {
        id: '403918349',
        contactId: '6762f1571bb69f9f2193bbbb',
        html: '<p>Hello, we are leaving and need a <b>full export</b> of our account.</p>',
        files: [],
        choiceId: null,
        isMail: false,
      },
    ],
  },
  'user-created-older': {
    thread: 'intercom:137324500000000',
    messages: [{ id: '608953158', contactId: '5ee3d479d1cf3dedbee23d68' }],
  },
  'lead-created': { messages: [{ contactId: '6762f15b1bb69f9f2193bbbc' }] },
  'user-replied': { messages: [{ id: '132', html: '<p>Yes, please.</p>' }] },
  'user-replied-twice': { messages: [{ id: '133' }, { id: '134' }] },
  'user-replied-contacts-as-list': { messages: [{ contactId: '6762f1571bb69f9f2193bbbb' }] },
  'user-replied-with-file': { messages: [{ html: '', files: ['jobs.xlsx'] }] },
  'user-replied-by-mail': { messages: [{ isMail: true }] },
  'user-chose-quick-reply': {
    messages: [{ choiceId: 'a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb' }],
  },
  'admin-replied': { kind: 'teammate', isNote: false, adminId: '991267715', name: 'Andy Miller' },
  'bot-replied': { kind: 'teammate', adminId: '814860' },
  'admin-noted': { kind: 'teammate', isNote: true, html: '<p>/waybill resume</p>' },
};

test.each(Object.keys(PAYLOADS))('takes %s as it is, and hears what is for us', async (name) => {
  const answer = await post(payload(name));
  expect(answer).toMatchObject({ statusCode: 200, body: '{"ok":true}' });
  const heard = HEARD[name];
  expect(kept()).toEqual(heard ? [expect.objectContaining(nested(heard))] : []);
  expect(looked).toBe(heard ? 1 : 0);
});

function nested(heard: Record<string, unknown>): Record<string, unknown> {
  const { messages, ...rest } = heard;
  if (!Array.isArray(messages)) return rest;
  return { ...rest, messages: messages.map((message) => expect.objectContaining(message)) };
}

test('a second delivery is acknowledged and changes nothing, also after the work was done', async () => {
  const body = payload('user-created');
  const again = body.replace('"delivery_attempts": 1', '"delivery_attempts": 2');
  expect(again).not.toBe(body);
  for (const one of [body, body, again]) expect((await post(one)).statusCode).toBe(200);
  expect(kept()).toHaveLength(1);
  for (const { id } of arrivals.waiting('intercom')) arrivals.done(id, new Date());
  expect((await post(body)).statusCode).toBe(200);
  expect(kept()).toEqual([]);
});

test('without an id a notification is known by topic, conversation and last part', async () => {
  const bare = (name: string) => JSON.stringify({ ...JSON.parse(payload(name)), id: null });
  for (const name of ['user-replied', 'user-replied', 'user-replied-twice']) {
    await post(bare(name));
  }
  expect(kept()).toHaveLength(2);
});

test('what Intercom did not sign is refused, and nothing of it is kept', async () => {
  const body = payload('user-created');
  const right = signed(body, SECRET);
  const forged: Record<string, string>[] = [
    { 'content-type': 'application/json' },
    signed(body, 'another secret'),
    signed(`${body} `, SECRET),
    { ...right, 'x-hub-signature': 'sha1=' },
    { ...right, 'x-hub-signature': (right['x-hub-signature'] ?? '').replace('sha1=', '') },
    { ...right, 'x-hub-signature': `${right['x-hub-signature']}0` },
  ];
  for (const headers of forged) {
    const answer = await post(body, headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.body).not.toContain('215470058830201');
  }
  expect(kept()).toEqual([]);
});

test('another workspace is refused, and the log does not say what it said', async () => {
  const body = payload('user-created').replace('abcd1234', 'other999');
  expect((await post(body)).statusCode).toBe(403);
  expect(kept()).toEqual([]);
  expect(JSON.stringify(log)).not.toContain('full export');
});

test.each(['{"type": "notification_event",', '[]', '"x"', '', '{"type":"other"}'])(
  'a signed body that cannot be read is refused: %s',
  async (body) => {
    expect((await post(body)).statusCode).toBe(400);
    expect(kept()).toEqual([]);
  },
);

test('5 MB are refused before they are read to the end', async () => {
  const body = `${' '.repeat(5 * 1024 * 1024)}${payload('user-created')}`;
  expect((await post(body)).statusCode).toBe(413);
  expect(kept()).toEqual([]);
});

test('a conversation whose parts are odd is no reason to fail', async () => {
  const odd = JSON.parse(payload('user-replied'));
  odd.data.item.conversation_parts = 'none';
  expect((await post(JSON.stringify(odd))).statusCode).toBe(200);
  odd.data = null;
  expect((await post(JSON.stringify(odd))).statusCode).toBe(200);
  expect(kept()).toEqual([]);
});

test('what cannot be kept is not acknowledged, so that it comes again', async () => {
  const { keep } = arrivals;
  arrivals.keep = () => {
    throw new Error('The disk is full.');
  };
  expect((await post(payload('user-created'))).statusCode).toBe(500);
  arrivals.keep = keep;
  expect((await post(payload('user-created'))).statusCode).toBe(200);
  expect(kept()).toHaveLength(1);
});

test('the address can be looked at before anything is sent', async () => {
  expect((await web.inject({ method: 'HEAD', url: PATH })).statusCode).toBe(200);
});
