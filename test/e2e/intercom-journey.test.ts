import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import {
  intercomEnv,
  notesOf,
  offered,
  said,
  TEAM,
  talks,
  until,
} from '../support/intercom-bot.ts';
import { type Prism, startPrism } from '../support/intercom-prism.ts';
import { startIntercom } from '../support/intercom-server.ts';
import { waybill } from '../support/waybill.ts';

let prism: Prism | null = null;
beforeAll(async () => {
  prism = await startPrism();
}, 60_000);
afterAll(() => prism?.close());

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('from a signed webhook to the links CSV, more time, a person, and back', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-intercom-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const intercom = await startIntercom({ prismUrl: prism?.url ?? null });
  undo.push(() => intercom.close());
  const env = intercomEnv(intercom.url);
  let bot: Bot = await startBot(dataDir, env);
  undo.push(() => bot.kill('SIGTERM'));
  const { workspace } = intercom;
  const people = () => talks(workspace, bot.url);

  // She asks, and says yes with a click.
  const alice = workspace.addContact({ email: 'alice@acme.example' });
  const talk = await people().begin(alice, '<p>We are leaving and need a <b>full export</b>.</p>');
  await said(intercom, talk, /Shall I go ahead\?/);
  await offered(intercom, talk, 'Yes, go ahead');
  await people().choose(talk, alice, 'Yes, go ahead');
  await said(intercom, talk, /has the number 1/);
  const note = await until('there is a note', async () => notesOf(talk)[0]);
  expect(note).toContain(`${bot.url}/desk/1`);
  expect(talk.tags).toEqual(['data-dump']);

  // Support approves; the links come as a file, and the conversation is closed.
  const approved = await waybill(['approve', '1'], { env: { DATA_DIR: dataDir, ...env } });
  expect(approved).toMatchObject({ code: 0 });
  expect(await said(intercom, talk, /\/e\//)).toMatchObject({ hasFile: true });
  await until('it is closed', async () => talk.state === 'closed');
  const file = talk.parts.flatMap(({ attachments }) => attachments)[0];
  expect(file?.name).toBe('acme-data-export-links.csv');
  const rows: { link: string; sha256: string }[] = parse(
    Buffer.from(file?.data ?? '', 'base64').toString('utf8'),
    { columns: true, bom: true },
  );
  const first = await fetch(rows[0]?.link ?? '');
  expect(first.status).toBe(200);
  await first.body?.cancel();

  // The bot is started anew in the middle of it. Writing opens the conversation again.
  const port = new URL(bot.url).port;
  await bot.kill('SIGKILL');
  bot = await startBot(dataDir, { ...env, PORT: port });
  const count = () => intercom.said(`intercom:${talk.id}`).length;
  let before = count();
  await people().reply(talk, alice, '<p>We need 2 more days please</p>');
  await said(intercom, talk, /until/, before);
  expect(talk.state).toBe('open');

  // She wants a person: the team has it, the bot is silent until the note.
  before = count();
  await people().reply(talk, alice, '<p>Can I talk to a human please?</p>');
  await said(intercom, talk, /hand this over to a colleague/, before);
  await until('it is assigned', async () => talk.teamId === TEAM);
  const handOver = await until('there is a second note', async () => notesOf(talk)[1]);
  expect(handOver).toContain('We need 2 more days please');
  await people().answer(talk, '<p>Hi Alice, how can I help?</p>');
  before = count();
  await people().reply(talk, alice, '<p>What is the status of my export?</p>');
  await people().note(talk, '<p>/waybill resume</p>');
  await said(intercom, talk, /I am back/, before);
  expect(count()).toBe(before + 1);
  await people().reply(talk, alice, '<p>What is the status of my export?</p>');
  await until('it is answered', async () => count() > before + 1);

  // Everything that was sent is as Intercom describes it, and nothing was said twice.
  expect(intercom.refused).toEqual([]);
  const texts = intercom.said(`intercom:${talk.id}`).map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
}, 180_000);
