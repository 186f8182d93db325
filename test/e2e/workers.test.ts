import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { generateSample } from '../../src/adapters/sample/sample.ts';
import { inspectZip } from '../../src/adapters/zip/inspect.ts';
import { openChat, openDesk } from '../../src/commands/demo/browser.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { withSmallParts } from '../support/small-parts.ts';
import { startWorker, type WorkerProcess } from '../support/worker.ts';
import { hasTool, ZIP_TOOLS } from '../support/zip-tools.ts';

const SEVEN_ZIP = hasTool('7z') ? ZIP_TOOLS.find(({ name }) => name === '7z') : undefined;

let dataDir: string;
let redis: RedisServer;
const processes: { kill(signal: NodeJS.Signals): Promise<unknown> }[] = [];

/** The ticket as it stands in the database, read while the bot works on it. */
function ticket() {
  const { db, close } = openDatabase(join(dataDir, 'waybill.sqlite'));
  const [found] = createTicketStore(db).list({});
  close();
  return found ?? null;
}

async function bot(): Promise<Bot> {
  const started = await startBot(dataDir, { REDIS_URL: redis.url });
  processes.push(started);
  return started;
}

async function worker(): Promise<WorkerProcess> {
  const started = await startWorker({ REDIS_URL: redis.url, DATA_DIR: dataDir });
  processes.push(started);
  return started;
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

/** Waits until so many more parts are finished, and says which are. */
async function moreParts(count: number): Promise<Map<string, number>> {
  const wanted = (await receipts()).size + count;
  await expect
    .poll(async () => (await receipts()).size, { timeout: 60_000, interval: 30 })
    .toBeGreaterThanOrEqual(wanted);
  return receipts();
}

async function orderExport({ url, deskToken }: Bot): Promise<void> {
  const alice = await openChat(url, 'alice@acme.example');
  await alice.ask('We need a full export of our account.');
  await alice.ask('Yes');
  const asked = withSmallParts(dataDir, 4_000_000);
  const desk = await openDesk(url, deskToken, 'Sam');
  await desk.approve(asked.number, asked.version);
}

describe.skipIf(!hasRedis)('workers', () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'waybill-workers-'));
    redis = await startRedis();
    await generateSample({
      dir: join(dataDir, 'sample'),
      candidates: 600,
      bytesPerFile: 400_000,
      today: new Date().toISOString().slice(0, 10),
    });
  });

  afterAll(async () => {
    await Promise.all(processes.map((one) => one.kill('SIGKILL')));
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('Redis, the bot and a worker are killed in the middle; the export ends, no finished part is built twice', async () => {
    const firstBot = await bot();
    const firstWorker = await worker();
    const secondWorker = await worker();
    await orderExport(firstBot);

    const finished = await moreParts(4);
    await redis.kill();
    await redis.restart();
    // More than were being built at that moment: the bot has put the rest in again.
    for (const [name, at] of await moreParts(12)) finished.set(name, at);
    await firstBot.kill('SIGKILL');
    // Workers go on without the bot.
    for (const [name, at] of await moreParts(4)) finished.set(name, at);
    await firstWorker.kill('SIGKILL');
    for (const [name, at] of await moreParts(2)) finished.set(name, at);
    expect(ticket()?.status).toBe('building');
    const secondBot = await bot();
    await expect.poll(() => ticket()?.status, { timeout: 90_000, interval: 100 }).toBe('delivered');

    const after = await receipts();
    expect(after.size).toBeGreaterThan(finished.size);
    for (const [name, at] of finished) expect(after.get(name), name).toBe(at);
    const folder = join(dataDir, 'exports', ticket()?.exportId ?? '');
    const zips = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
    expect(zips).toHaveLength(after.size);
    for (const name of zips) {
      expect((await inspectZip(join(folder, name))).problems, name).toEqual([]);
      SEVEN_ZIP?.check(join(folder, name));
    }
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.parts).toHaveLength(after.size);
    expect(await secondWorker.kill('SIGTERM')).toBe(0);
    expect(await secondBot.kill('SIGTERM')).toBe(0);
  }, 180_000);

  test.each([
    ['REDIS_URL is not set', {}],
    ['REDIS_URL cannot be used', { REDIS_URL: 'http://127.0.0.1' }],
    ['SOURCE is not set, and there is no sample', { REDIS_URL: 'redis://127.0.0.1:1' }],
    ['no-such.yaml', { REDIS_URL: 'redis://127.0.0.1:1', SOURCE: 'no-such.yaml' }],
  ])('a worker that cannot work says "%s" in one sentence', async (sentence, env) => {
    const failure = await startWorker({ DATA_DIR: join(dataDir, 'none'), ...env }).catch(String);
    expect(failure).toContain(sentence);
    expect(failure).not.toContain('\n');
  });

  test('a worker that finds no Redis says so, waits for it, and can be stopped', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1', DATA_DIR: dataDir };
    const waiting = await startWorker(env);
    await expect.poll(() => waiting.said()).toContain('Redis cannot be reached');
    expect(await waiting.kill('SIGTERM')).toBe(0);
  });
});
