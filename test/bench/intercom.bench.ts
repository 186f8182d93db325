import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openDatabase } from '../../db/open.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { generateSample } from '../../src/adapters/sample/sample.ts';
import { signed } from '../support/intercom-payloads.ts';
import { Workspace } from '../support/intercom-workspace.ts';
import { say } from './measure.ts';

/**
 * A thousand webhooks of Intercom in a burst: 250 customers begin a conversation, change their mind twice and say yes.
 * How long each waits for its answer; whether everything is worked on, and in the order in which it came. The bot is a
 * process of its own, and so is the Intercom behind it.
 */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '250' },
    within: { type: 'string', default: '1000' },
  },
});
const MOST_P99_MS = 100;
const SECRET = 'client-secret';
const AGENT = new Agent({ keepAlive: true });
const PATIENCE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 1000;
const CUSTOMERS = Number(values.customers);
/** 0: all at the same moment. */
const WITHIN_MS = Number(values.within);
const CHECK_NODE = new URL('../../src/check-node.mjs', import.meta.url).href;
const MESSAGES = [
  'We need a full export of our account, please.',
  'Please make the ZIP files 1 GB.',
  'Only the internal CVs, please.',
  'Yes, go ahead',
];
/** What becomes of them, in this order and no other. */
const EVENTS = ['open', 'change_options', 'change_options', 'confirm'];

const dataDir = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const ends: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
try {
  await bench();
} finally {
  for (const end of ends.reverse()) await end();
}

async function bench(): Promise<void> {
  await generateSample({
    dir: join(dataDir, 'sample'),
    candidates: 20,
    bytesPerFile: 1000,
    today: new Date().toISOString().slice(0, 10),
  });
  addCustomers();
  const crowd = fork(fileURLToPath(new URL('intercom-crowd.ts', import.meta.url)), [
    String(CUSTOMERS + 1),
    JSON.stringify(MESSAGES),
  ]);
  ends.push(() => crowd.kill('SIGKILL'));
  const [ready]: { url: string; talks: string[][] }[] = await once(crowd, 'message');
  const { url: apiUrl = '', talks: [first = [], ...talks] = [] } = ready ?? {};
  const url = await startBot(apiUrl);
  // A bot that has just started still loads what it needs; it is measured as it runs.
  await write(url, first, 0);
  await eventually('the first yes', () => confirmed() === 1);

  const bare = fork(fileURLToPath(new URL('bare-server.ts', import.meta.url)));
  ends.push(() => bare.kill('SIGKILL'));
  const [bareUrl = '']: string[] = await once(bare, 'message');
  for (const one of [bareUrl, url]) await warmUp(one);
  const least = p99Of(await burst(bareUrl, talks));

  const begun = performance.now();
  const took = await burst(url, talks);
  report(took, performance.now() - begun, least);
  await eventually('every yes', () => confirmed() === CUSTOMERS + 1);
  const seconds = (performance.now() - begun) / 1000;
  const inOrder = histories().filter((events) => String(events) === String(EVENTS)).length - 1;
  const finding = `${inOrder} of ${CUSTOMERS} conversations in order, all done after ${seconds.toFixed(0)} s`;
  say(finding, 'all', inOrder === CUSTOMERS);

  const answers = async (): Promise<number[]> => {
    crowd.send('said');
    return (await once(crowd, 'message'))[0];
  };
  await eventually('every answer', async () =>
    (await answers()).every((count) => count >= MESSAGES.length),
  );
  const twice = (await answers()).filter((count) => count > MESSAGES.length).length;
  say(`${twice} conversations with an answer too many`, 'none', twice === 0);
}

/** One message after the other; Intercom sends the next one without waiting for the bot's answer to the customer. */
async function write(url: string, talk: readonly string[], place: number): Promise<number[]> {
  const begun = performance.now();
  const took: number[] = [];
  for (const [n, body] of talk.entries()) {
    const share = (n + place / CUSTOMERS) / talk.length;
    await wait(Math.max(0, begun + WITHIN_MS * share - performance.now()));
    took.push(await post(url, body));
  }
  return took;
}

async function post(url: string, body: string): Promise<number> {
  const headers = { ...signed(body, SECRET), 'content-length': Buffer.byteLength(body) };
  const begun = performance.now();
  // Not `fetch`: it takes longer for a request than the bot does.
  const posted = request(`${url}/webhooks/intercom`, { method: 'POST', headers, agent: AGENT });
  posted.end(body);
  const [response]: IncomingMessage[] = await once(posted, 'response');
  await response?.resume().toArray();
  const took = performance.now() - begun;
  if (response?.statusCode !== 200) throw new Error(`A webhook got ${response?.statusCode}.`);
  return took;
}

async function burst(url: string, talks: readonly string[][]): Promise<number[]> {
  return (await Promise.all(talks.map((talk, place) => write(url, talk, place)))).flat();
}

/** Notifications that nothing follows from. */
async function warmUp(url: string): Promise<void> {
  const ping = { type: 'notification_event', app_id: Workspace.APP, topic: 'ping', id: null };
  const body = JSON.stringify(ping);
  for (let round = 0; round < 50; round++) {
    await Promise.all([1, 2, 3, 4, 5].map(() => post(url, body)));
  }
}

function p99Of(took: readonly number[]): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? Number.NaN;
}

function report(took: number[], lastedMs: number, least: number): void {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  const p99 = p99Of(took);
  const load = loadavg()[0] ?? 0;
  say(
    `${took.length} webhooks within ${(lastedMs / 1000).toFixed(1)} s answered in ${at(0.5).toFixed(0)} ms (median), p99 ${p99.toFixed(0)} ms, longest ${at(1).toFixed(0)} ms, load ${load.toFixed(1)}; a bare server that keeps nothing has p99 ${least.toFixed(0)} ms`,
    `p99 under ${MOST_P99_MS} ms`,
    p99 < MOST_P99_MS,
  );
}

async function startBot(apiUrl: string): Promise<string> {
  const script = fileURLToPath(new URL('bot-of-parts.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', CHECK_NODE, script, '2'], {
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'error',
      INTERCOM_APP_ID: Workspace.APP,
      INTERCOM_ACCESS_TOKEN: 'token',
      INTERCOM_CLIENT_SECRET: SECRET,
      INTERCOM_ADMIN_ID: Workspace.BOT,
      INTERCOM_API_URL: apiUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { url }: { url: string } = JSON.parse((await lines.next()).value ?? '{}');
  return url;
}

/** Accounts of the sample with an admin each and nothing in them. */
function addCustomers(): void {
  const ats = new Database(join(dataDir, 'sample', 'ats.sqlite'));
  const account = ats.prepare("insert into accounts values (?, ?, 'open', null)");
  const user = ats.prepare(
    "insert into users values (?, 'U001', ?, ?, 'admin', null, '2024-01-01')",
  );
  for (let n = 0; n <= CUSTOMERS; n++) {
    account.run(`customer-${n}`, `Customer ${n}`);
    user.run(`customer-${n}`, `Customer ${n}`, `person@customer-${n}.example`);
  }
  ats.close();
}

function confirmed(): number {
  return withTickets((store) => store.list({ statuses: ['awaiting_approval'] }).length);
}

function histories(): string[][] {
  return withTickets((store) =>
    store.list({}).map(({ number }) => store.history(number).map(({ event }) => event)),
  );
}

function withTickets<T>(read: (store: ReturnType<typeof createTicketStore>) => T): T {
  const { db, close } = openDatabase(join(dataDir, 'waybill.sqlite'));
  try {
    return read(createTicketStore(db));
  } finally {
    close();
  }
}

async function eventually(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await look())) {
    if (performance.now() > until) throw new Error(`It took too long: ${what}.`);
    await wait(LOOK_EVERY_MS);
  }
}
