import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openChat, openDesk, until } from '../../src/commands/demo/browser.ts';
import { startBot } from '../support/bot.ts';
import { waybill } from '../support/waybill.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const List = z.object({
  access: z.array(
    z.object({ number: z.number(), version: z.number(), card: z.object({ status: z.string() }) }),
  ),
});
const Grants = z.object({
  grants: z.array(z.object({ status: z.string() })),
  inForce: z.array(z.object({ email: z.string(), accountId: z.string() })),
});

test('temporary access is asked for in the chat, given by a click, and revoked at its end', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-access-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const bot = await startBot(dataDir);
  undo.push(() => bot.kill('SIGTERM'));

  const alice = await openChat(bot.url, 'alice@acme.example');
  await alice.ask('Can we get temporary access to the platform for 24 hours?');
  expect(await alice.ask('Our auditors want to see the screens')).toContain('Shall I send it?');
  expect(await alice.ask('Yes')).toContain('our support team has your request');

  const { cookie } = await signedIn(bot.url, bot.deskToken);
  const [asked] = List.parse(await (await desk('/tickets', cookie, bot.url)).json()).access;
  expect(asked?.card.status).toBe('waiting for a decision');
  const body = { version: asked?.version, hours: 24 };
  expect((await desk('/access/1/give', cookie, bot.url, body)).status).toBe(200);
  expect((await alice.hear('that access begins')).text).toContain('You have temporary access');
  expect(await inAts(dataDir)).toEqual([{ email: 'alice@acme.example', accountId: 'acme' }]);
  expect((await desk('/access/1/give', cookie, bot.url, body)).status).toBe(409);

  const ann = await openDesk(bot.url, bot.deskToken, 'Ann');
  await ann.jump(21);
  expect((await alice.hear('the warning')).text).toContain('Your temporary access ends on');
  expect(await inAts(dataDir)).toHaveLength(1);
  await ann.jump(3);
  expect((await alice.hear('the end')).text).toContain('has ended');
  expect(await inAts(dataDir)).toEqual([]);
}, 90_000);

/** What the ATS itself holds to be in force. */
async function inAts(dataDir: string) {
  const ran = await waybill(['grants', '--json'], { env: { DATA_DIR: dataDir } });
  expect(ran).toMatchObject({ code: 0 });
  return Grants.parse(JSON.parse(ran.stdout)).inForce;
}

async function signedIn(url: string, token: string) {
  return until('a session', async () => {
    const response = await desk('/session', '', url, { token, name: 'Ann' });
    return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  });
}

function desk(path: string, cookie: string, url: string, body?: object): Promise<Response> {
  return fetch(`${url}/desk/api${path}`, {
    headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
}
