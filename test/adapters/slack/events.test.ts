import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createArrivals } from '../../../db/arrivals.ts';
import { openDatabase } from '../../../db/open.ts';
import { createSlackApp } from '../../../src/adapters/slack/app.ts';
import { type Known, readIncoming } from '../../../src/adapters/slack/incoming.ts';
import { registerSlackEvents } from '../../../src/adapters/slack/mount.ts';
import { toPlainText } from '../../../src/adapters/slack/plain-text.ts';
import { createServer } from '../../../src/adapters/web/server.ts';
import { createWork } from '../../../src/flow/arrivals.ts';
import { SILENT_LOG } from '../../support/slack-emulate.ts';

const NOBODY: Known = { isOurs: () => false, waitsIn: () => null };

const message = (event: object) => ({
  type: 'event_callback',
  event: { type: 'message', channel: 'C1', ts: '100.1', user: 'U1', text: 'Hello', ...event },
});

test('hears mentions, direct messages and threads of its own, and nothing else', () => {
  expect(readIncoming(message({ type: 'app_mention' }), NOBODY)).toMatchObject({
    id: 'slack:C1:100.1',
    thread: 'slack:C1:100.1',
    user: 'U1',
  });
  expect(readIncoming(message({ channel: 'D1' }), NOBODY)).toMatchObject({
    thread: 'slack:D1:100.1',
  });
  expect(readIncoming(message({}), NOBODY)).toBeNull();
  const ours = { ...NOBODY, isOurs: (thread: string) => thread === 'slack:C1:99.1' };
  expect(readIncoming(message({ thread_ts: '99.1' }), ours)).toMatchObject({
    thread: 'slack:C1:99.1',
  });
  expect(readIncoming(message({ thread_ts: '98.1' }), ours)).toBeNull();
});

test('a mention in a thread counts once, though it comes as two events', () => {
  const known = { ...NOBODY, isOurs: () => true };
  const first = readIncoming(message({ thread_ts: '99.1' }), known);
  const second = readIncoming(message({ type: 'app_mention', thread_ts: '99.1' }), known);
  expect(second?.id).toBe(first?.id);
});

test('an answer in a direct conversation goes to the talk that waits for it', () => {
  const known = { ...NOBODY, waitsIn: () => 'slack:D1:50.1' };
  expect(readIncoming(message({ channel: 'D1' }), known)).toMatchObject({
    id: 'slack:D1:100.1',
    thread: 'slack:D1:50.1',
  });
});

test.each([
  { bot_id: 'B1' },
  { subtype: 'message_changed' },
  { subtype: 'message_deleted' },
  { subtype: 'channel_join' },
  { user: undefined },
  { ts: 'not a time' },
  { channel: '../x' },
])('does not hear %j', (event) => {
  expect(readIncoming(message({ channel: 'D1', ...event }), NOBODY)).toBeNull();
});

test('a click speaks in the name of who clicked, once for each message', () => {
  const click = (value: string, user = 'U1') => ({
    type: 'block_actions',
    user: { id: user },
    channel: { id: 'C1' },
    message: { ts: '101.1', thread_ts: '100.1', text: 'Shall I?' },
    actions: [{ action_id: 'customer_choice:0', value }],
  });
  const yes = readIncoming(click('Yes'), NOBODY);
  expect(yes).toMatchObject({ thread: 'slack:C1:100.1', text: 'Yes', user: 'U1' });
  expect(readIncoming(click('No'), NOBODY)?.id).toBe(yes?.id);
  expect(readIncoming(click('No', 'U2'), NOBODY)?.id).not.toBe(yes?.id);
  const other = { ...click('x'), actions: [{ action_id: 'approve', value: '1' }] };
  expect(readIncoming(other, NOBODY)).toBeNull();
});

test.each([
  ['<@UBOT> export please', 'export please'],
  ['mail <mailto:a@b.example|a@b.example> &amp; <@U2>', 'mail a@b.example & @somebody'],
  ['<https://x.example|here>, <#C9|general>, <!here>', 'here (https://x.example), #general, @here'],
  ['&lt;@UBOT&gt; stays &amp;amp;', '<@UBOT> stays &amp;'],
  ['one\n• two', 'one\n• two'],
])('reads %j as %j', (markup, text) => {
  expect(toPlainText(markup, 'UBOT')).toBe(text);
});

test('works on a thread in order and on others meanwhile, again after a failure, and once', async () => {
  const { db, close } = openDatabase(':memory:');
  const arrivals = createArrivals(db);
  const now = () => new Date('2026-11-20T10:00:00Z');
  const done: unknown[] = [];
  let failures = 1;
  const all = Promise.withResolvers<void>();
  const work = createWork(arrivals, 'slack:', { log: SILENT_LOG, now }, async (content) => {
    if (content === 'a1' && failures-- > 0) throw new Error('Slack is away.');
    done.push(content);
    if (done.length === 3) all.resolve();
  });
  for (const content of ['a1', 'a2', 'b1', 'a1']) {
    arrivals.keep({ id: content, thread: `slack:${content[0]}`, content }, now());
  }
  work.look('slack:a');
  expect(done).toEqual([]);
  work.start();
  await all.promise;
  await work.stop();
  expect(done).toEqual(['b1', 'a1', 'a2']);
  expect(arrivals.waiting('slack:')).toEqual([]);
  expect(arrivals.keep({ id: 'a1', thread: 'slack:a', content: 'a1' }, now())).toBe(false);
  close();
});

const SECRET = 'signing-secret';
const NOW = new Date('2026-11-20T10:00:00Z');

function signed(body: string, atSeconds: number, secret = SECRET) {
  const mac = createHmac('sha256', secret).update(`v0:${atSeconds}:${body}`).digest('hex');
  return {
    'x-slack-request-timestamp': String(atSeconds),
    'x-slack-signature': `v0=${mac}`,
    'content-type': 'application/json',
  };
}

async function serve() {
  const slack = createSlackApp(
    {
      botToken: 'xoxb-1',
      appToken: null,
      signingSecret: SECRET,
      apiUrl: 'http://127.0.0.1:1/api/',
    },
    { log: SILENT_LOG, now: () => NOW },
  );
  const web = await createServer(SILENT_LOG);
  if (slack.http) registerSlackEvents(web, slack.http);
  return { slack, web };
}

test('answers the challenge of Slack', async () => {
  const { web } = await serve();
  const payload = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const headers = signed(payload, NOW.getTime() / 1000);
  const answer = await web.inject({ method: 'POST', url: '/slack/events', headers, payload });
  expect(answer).toMatchObject({ statusCode: 200, body: 'abc' });
});

test('refuses what Slack did not sign, or signed more than five minutes ago', async () => {
  const { web } = await serve();
  const payload = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const time = NOW.getTime() / 1000;
  const wrong = [
    {},
    signed(payload, time, 'other'),
    signed(`${payload} `, time),
    signed(payload, time - 301),
    signed(payload, time + 301),
    { ...signed(payload, time), 'x-slack-signature': 'v0=short' },
  ];
  for (const headers of wrong) {
    const answer = await web.inject({
      method: 'POST',
      url: '/slack/events',
      headers: { ...headers, 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(401);
  }
});

test('keeps an event before it is acknowledged; what cannot be kept comes again', async () => {
  const { slack, web } = await serve();
  const kept: unknown[] = [];
  let isFull = false;
  slack.onArrival((body) => {
    if (isFull) throw new Error('The disk is full.');
    kept.push(body);
  });
  const payload = JSON.stringify(message({ type: 'app_mention' }));
  const headers = signed(payload, NOW.getTime() / 1000);
  const post = () => web.inject({ method: 'POST', url: '/slack/events', headers, payload });
  expect((await post()).statusCode).toBe(200);
  expect(kept).toHaveLength(1);
  isFull = true;
  expect((await post()).statusCode).toBe(500);
});
