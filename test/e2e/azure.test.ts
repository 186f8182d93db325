import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChat, openDesk, until } from '../../src/commands/demo/browser.ts';
import { type LinkRow, readLinksCsv } from '../../src/commands/demo/download.ts';
import { type Azurite, connectionString, hasAzurite, startAzurite } from '../support/azurite.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { waybill } from '../support/waybill.ts';

describe.skipIf(!hasAzurite)('the bot on Azure', () => {
  let azurite: Azurite;
  const folders: string[] = [];
  const bots: Bot[] = [];

  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.kill('SIGTERM')));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    await azurite.close();
  });

  /** A delivered export of acme, with the rows of its links CSV. */
  async function delivered(links: 'gateway' | 'direct') {
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-azure-'));
    folders.push(dataDir);
    const env = {
      AZURE_STORAGE_CONNECTION_STRING: connectionString(azurite.url),
      AZURE_CONTAINER: `e2e-${links}`,
      LINKS: links,
    };
    const bot = await startBot(dataDir, env);
    bots.push(bot);
    const alice = await openChat(bot.url, 'alice@acme.example');
    await alice.ask('I need a full export of our account, with ZIPs of 20 MB.');
    await alice.ask('Yes');
    await (await openDesk(bot.url, bot.deskToken, 'Sam')).approve(1, 2);
    const { href } = await until('the links CSV', async () => (await alice.hear('it')).attachment);
    const csv = Buffer.from(await (await alice.fetch(href)).arrayBuffer());
    const run = (...args: string[]) => waybill(args, { env: { ...env, DATA_DIR: dataDir } });
    return { alice, bot, rows: readLinksCsv(csv), run, href };
  }

  async function holds({ link, sha256, size_bytes }: LinkRow): Promise<void> {
    const body = Buffer.from(await (await fetch(link)).arrayBuffer());
    expect(body.length).toBe(size_bytes);
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
  }

  test('the gateway sends readers on to links that live minutes, and counts them', async () => {
    const { bot, rows, run } = await delivered('gateway');
    const [first] = rows;
    if (!first) throw new Error('no links');
    expect(first.link.startsWith(`${bot.url}/d/`)).toBe(true);
    const answer = await fetch(first.link, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain(azurite.url);
    for (const row of rows) await holds(row);
    expect((await run('cancel', '1', '--reason', 'Enough.')).code).toBe(0);
    expect((await fetch(first.link, { redirect: 'manual' })).status).toBe(404);
  }, 90_000);

  test('with LINKS=direct the same links go on after an extension, and die with the ticket', async () => {
    const { alice, rows, run, href } = await delivered('direct');
    const [first] = rows;
    if (!first) throw new Error('no links');
    expect(first.link.startsWith(azurite.url)).toBe(true);
    for (const row of rows) await holds(row);
    await alice.ask('I need 48 more hours');
    const again = Buffer.from(await (await alice.fetch(href)).arrayBuffer());
    expect(readLinksCsv(again).map(({ link }) => link)).toEqual(rows.map(({ link }) => link));
    await holds(first);
    expect((await run('cancel', '1', '--reason', 'Enough.')).code).toBe(0);
    await expect.poll(async () => (await fetch(first.link)).ok, { timeout: 20_000 }).toBe(false);
  }, 90_000);
});
