import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { generateSample } from '../../src/adapters/sample/sample.ts';
import { inspectZip } from '../../src/adapters/zip/inspect.ts';
import { openChat, openDesk, until } from '../../src/commands/demo/browser.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { withSmallParts } from '../support/small-parts.ts';

let dataDir: string;
const bots: Bot[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waybill-crash-'));
  await generateSample({
    dir: join(dataDir, 'sample'),
    candidates: 900,
    bytesPerFile: 200_000,
    today: new Date().toISOString().slice(0, 10),
  });
});

afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.kill('SIGKILL')));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Bot> {
  const bot = await startBot(dataDir);
  bots.push(bot);
  return bot;
}

/** The ticket as it stands in the database, read while the bot works on it. */
function ticket() {
  const { db, close } = openDatabase(join(dataDir, 'waybill.sqlite'));
  const [found] = createTicketStore(db).list({});
  close();
  return found ?? null;
}

/** Receipts that lie in the export store, by name, with the time at which each was written. */
async function receipts(): Promise<Map<string, number>> {
  const folder = join(dataDir, 'exports', ticket()?.exportId ?? 'none', 'receipts');
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(
    names.map(async (name) => [name, (await stat(join(folder, name))).mtimeMs] as const),
  );
  return new Map(times);
}

test('killed in the middle of a build, the bot goes on and builds each finished part once', async () => {
  const first = await start();
  const alice = await openChat(first.url, 'alice@acme.example');
  await alice.ask('We need a full export of our account.');
  await alice.ask('Yes');
  const asked = withSmallParts(dataDir, 2_000_000);
  expect(asked.status).toBe('awaiting_approval');
  const desk = await openDesk(first.url, first.deskToken, 'Sam');
  await desk.approve(asked.number, asked.version);
  await until('a few finished parts', async () => ((await receipts()).size >= 4 ? true : null));
  await first.kill('SIGKILL');

  const before = await receipts();
  expect(ticket()?.status).toBe('building');
  expect(before.size).toBeGreaterThanOrEqual(4);

  const second = await start();
  await until('the delivery', async () => (ticket()?.status === 'delivered' ? true : null));
  const after = await receipts();
  expect(after.size).toBeGreaterThan(before.size);
  for (const [name, at] of before) expect(after.get(name), name).toBe(at);

  const again = await openChat(second.url, 'alice@acme.example');
  const message = await until('the links CSV', async () => {
    const next = await again.hear('the links CSV');
    return next.attachment;
  });
  const csv = await (await again.fetch(message.href)).text();
  expect(csv.match(/\/d\//g)?.length).toBeGreaterThan(after.size);

  const folder = join(dataDir, 'exports', ticket()?.exportId ?? '');
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.zip')) continue;
    expect((await inspectZip(join(folder, name))).problems, name).toEqual([]);
  }
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  expect(manifest.parts).toHaveLength(after.size);
  expect(await second.kill('SIGTERM')).toBe(0);
}, 120_000);

test('a second bot on the same data folder is refused', async () => {
  const bot = await start();
  await expect(startBot(dataDir)).rejects.toThrow('Another bot already works on');
  expect(await bot.kill('SIGTERM')).toBe(0);
}, 60_000);
