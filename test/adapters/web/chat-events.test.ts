import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChatLog } from '../../../db/chat-log.ts';
import { openDatabase } from '../../../db/open.ts';
import { createWebThread, webThreadOf } from '../../../src/adapters/web/chat-thread.ts';
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

type Event = { id: string | null; name: string; data: string };

/** Reads server-sent events one by one, without the heartbeats. */
async function listen(query = '', headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/chat/events${query}`, {
    headers: { cookie, ...headers },
    signal: stop.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';

  async function next(): Promise<Event | null> {
    while (!buffer.includes('\n\n')) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return null;
      buffer += chunk.value;
    }
    const [block = ''] = buffer.split('\n\n', 1);
    buffer = buffer.slice(block.length + 2);
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? null;
    const event = { id: field('id'), name: field('event') ?? '', data: field('data') ?? '' };
    return event.name === 'clock' ? next() : event;
  }

  return { response, next, close: () => stop.abort() };
}

function say(text: string) {
  return server.thread.send(ALICE, { text, choices: [], file: null }, text);
}

test('messages arrive as they are written, by customer and bot', async () => {
  const events = await listen();
  expect(events.response.headers.get('content-type')).toContain('text/event-stream');
  expect(events.response.headers.get('content-security-policy')).toBeTruthy();
  server.onReceive.act = () => say('Hello Alice');
  await post(server, cookie, { text: 'Hello', clientKey: newKey() });
  const [mine, reply] = [await events.next(), await events.next()];
  expect(JSON.parse(mine?.data ?? '')).toMatchObject({ author: 'customer', text: 'Hello' });
  expect(JSON.parse(reply?.data ?? '')).toMatchObject({ author: 'bot', text: 'Hello Alice' });
  events.close();
});

test('what another process writes arrives too', async () => {
  const events = await listen();
  const other = openDatabase(server.databaseFile);
  const thread = createWebThread(createChatLog(other.db), { now: () => new Date() });
  await thread.send(ALICE, { text: 'From afar', choices: [], file: null }, 'afar');
  expect(JSON.parse((await events.next())?.data ?? '').text).toBe('From afar');
  other.close();
  events.close();
});

test('a connection that comes again goes on after the last event', async () => {
  await say('one');
  await say('two');
  const first = await listen();
  const one = await first.next();
  first.close();
  const second = await listen('?after=0', { 'last-event-id': one?.id ?? '' });
  expect(JSON.parse((await second.next())?.data ?? '').text).toBe('two');
  second.close();
  const third = await listen(`?after=${one?.id}`);
  expect(JSON.parse((await third.next())?.data ?? '').text).toBe('two');
  third.close();
});

test('nobody hears the thread of somebody else', async () => {
  await say('for Alice');
  cookie = await signIn(server, 'bob@acme.example');
  const events = await listen();
  const bob = webThreadOf('bob@acme.example');
  await server.thread.send(bob, { text: 'for Bob', choices: [], file: null }, 'bob');
  expect(JSON.parse((await events.next())?.data ?? '').text).toBe('for Bob');
  events.close();
});

test('the stream ends with the session, and says so', async () => {
  const events = await listen();
  server.now.value = new Date(Date.now() + 2 * 3_600_000);
  expect((await events.next())?.name).toBe('signed_out');
  expect(await events.next()).toBeNull();
});

test('the server closes while pages listen', async () => {
  const events = await listen();
  await server.app.close();
  expect(await events.next().catch(() => null)).toBeNull();
});

test('a person has a limited number of streams', async () => {
  const streams = [];
  for (let open = 0; open < 10; open++) streams.push(await listen());
  const refused = await listen();
  expect(refused.response.status).toBe(429);
  for (const stream of streams) stream.close();
});
