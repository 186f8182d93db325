import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webThreadOf } from '../../../src/adapters/web/chat-thread.ts';
import { LIMITS } from '../../../src/domain/chat-view.ts';
import {
  type ChatServer,
  newKey,
  post,
  signIn,
  startChatServer,
} from '../../support/chat-server.ts';

const ALICE = webThreadOf('alice@acme.example');
let server: ChatServer;
let cookie: string;

beforeEach(async () => {
  server = await startChatServer();
  cookie = await signIn(server);
});

afterEach(() => server.close());

async function history(as = cookie) {
  const response = await fetch(`${server.url}/chat/messages`, { headers: { cookie: as } });
  return response.json();
}

describe('a message', () => {
  test('is stored, then received with its id', async () => {
    const sent = await post(server, cookie, { text: '  Hello\r\nyou ', clientKey: newKey() });
    expect(sent.status).toBe(201);
    const { message } = await sent.json();
    expect(message).toMatchObject({ author: 'customer', text: 'Hello\nyou', uploads: [] });
    expect(server.received).toEqual([
      {
        id: `web:${message.id}`,
        thread: ALICE,
        email: 'alice@acme.example',
        name: 'alice',
        text: 'Hello\nyou',
        files: [],
      },
    ]);
    expect((await history()).messages).toEqual([message]);
  });

  test('sent again with its key is the same message, and handed over with the same id', async () => {
    const clientKey = newKey();
    const first = await post(server, cookie, { text: 'Hello', clientKey });
    const second = await post(server, cookie, { text: 'Hello', clientKey });
    expect((await second.json()).message.id).toBe((await first.json()).message.id);
    expect((await history()).messages).toHaveLength(1);
    expect(new Set(server.received.map((inbound) => inbound.id)).size).toBe(1);
  });

  test('is there even when it cannot be worked on, and the bot says so without a trace', async () => {
    server.onReceive.act = async () => {
      throw new Error('SQLITE_FULL at /srv/waybill/data');
    };
    const sent = await post(server, cookie, { text: 'Hello', clientKey: newKey() });
    expect(sent.status).toBe(201);
    const { messages } = await history();
    expect(messages[0]).toMatchObject({ author: 'customer', text: 'Hello' });
    expect(messages[1]).toMatchObject({ author: 'bot', text: /something went wrong on our side/ });
    expect(messages[1].text).not.toMatch(/SQLITE|srv/);
    expect(server.errors).toHaveLength(1);
  });

  test('waits until the one before it was worked on', async () => {
    const order: string[] = [];
    server.onReceive.act = async ({ text }) => {
      order.push(`${text} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${text} ends`);
    };
    await Promise.all(
      ['one', 'two'].map((text) => post(server, cookie, { text, clientKey: newKey() })),
    );
    expect(order[1]).toBe(order[0]?.replace('begins', 'ends'));
    expect(order).toHaveLength(4);
  });

  test('keeps the words of every script', async () => {
    const text = 'مرحبا 👩🏽‍💻 \u200f\nनमस्ते <script>alert(1)</script>';
    await post(server, cookie, { text, clientKey: newKey() });
    expect((await history()).messages[0].text).toBe(text);
  });

  test('meant for another person of this browser is refused', async () => {
    const headers = { 'x-chat-thread': webThreadOf('bob@acme.example') };
    const refused = await post(server, cookie, { text: 'Hello', clientKey: newKey() }, headers);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: /somebody else/ });
    expect((await history()).messages).toEqual([]);
  });
});

describe('bad input', () => {
  const long = 'ä'.repeat(LIMITS.textChars + 1);
  const bad: [string, object, number, RegExp][] = [
    ['a text that is too long', { text: long, clientKey: 'key-long' }, 413, /8,000 characters/],
    ['a huge text', { text: 'x'.repeat(200_000), clientKey: 'key-huge' }, 413, /8,000 characters/],
    [
      'a binary text',
      { text: 'PK\u0003\u0004\0\0\0', clientKey: 'key-binary' },
      400,
      /attach the file/,
    ],
    ['an empty text', { text: ' \n ', clientKey: 'key-empty' }, 400, /write something/],
    ['no key', { text: 'Hello' }, 400, /reload the page/],
    ['a number as text', { text: 5, clientKey: 'key-number' }, 400, /reload the page/],
  ];

  test.each(bad)('%s is refused with a sentence', async (_what, body, status, sentence) => {
    const refused = await post(server, cookie, body);
    expect(refused.status).toBe(status);
    const { error } = await refused.json();
    expect(error).toMatch(sentence);
    expect(error).not.toMatch(/FST_|Error|\bat /);
    expect((await history()).messages).toEqual([]);
    expect(server.received).toEqual([]);
  });

  test('a body that is no JSON is refused with a sentence', async () => {
    const refused = await fetch(`${server.url}/chat/messages`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"text": ',
    });
    expect(refused.status).toBe(400);
    expect((await refused.json()).error).not.toMatch(/FST_|JSON at|Unexpected/);
  });

  test('control characters are taken out of a text', async () => {
    const text = `All good until here\u0007${' and some more words'.repeat(3)}`;
    await post(server, cookie, { text, clientKey: newKey() });
    expect((await history()).messages[0].text).toBe(text.replace('\u0007', ''));
  });
});

test('more than twenty messages in a minute are refused, for this person only', async () => {
  for (let sent = 0; sent < LIMITS.messagesPerMinute; sent++) {
    const response = await post(server, cookie, { text: `no ${sent}`, clientKey: newKey() });
    expect(response.status).toBe(201);
  }
  const refused = await post(server, cookie, { text: 'one more', clientKey: newKey() });
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: /wait a minute/ });

  const bob = await signIn(server, 'bob@acme.example');
  expect((await post(server, bob, { text: 'Hi', clientKey: newKey() })).status).toBe(201);
  server.now.value = new Date(server.now.value.getTime() + 61_000);
  expect((await post(server, cookie, { text: 'again', clientKey: newKey() })).status).toBe(201);
});

test('history is of one person only, and says when there is more', async () => {
  for (const text of ['one', 'two', 'three']) {
    await server.thread.send(ALICE, { text, choices: [], file: null }, text);
  }
  const answer = await fetch(`${server.url}/chat/messages?limit=2`, { headers: { cookie } });
  const { messages, hasEarlier } = await answer.json();
  expect(messages.map((message: { text: string }) => message.text)).toEqual(['two', 'three']);
  expect(hasEarlier).toBe(true);
  const later = await fetch(`${server.url}/chat/messages?after=${messages[0].id}`, {
    headers: { cookie },
  });
  expect(await later.json()).toMatchObject({ messages: [{ text: 'three' }], hasEarlier: false });
  expect((await history(await signIn(server, 'bob@acme.example'))).messages).toEqual([]);
  const odd = await fetch(`${server.url}/chat/messages?after=-1`, { headers: { cookie } });
  expect(odd.status).toBe(400);
});
