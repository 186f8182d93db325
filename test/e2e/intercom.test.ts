import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type IntercomBot,
  notesOf,
  offered,
  said,
  startIntercomBot,
  TEAM,
  until,
} from '../support/intercom-bot.ts';
import { cardOf } from '../support/intercom-card.ts';
import { type Prism, startPrism } from '../support/intercom-prism.ts';

let prism: Prism | null;
let bot: IntercomBot;

beforeAll(async () => {
  prism = await startPrism();
  bot = await startIntercomBot({ prismUrl: prism?.url ?? null });
}, 180_000);

afterAll(async () => {
  await bot?.close();
  await prism?.close();
});

test('from the first message to the files, more time by the card, a teammate and back', async () => {
  const alice = bot.workspace.addContact({ email: 'alice@acme.example' });
  const conversation = await bot.begin(
    alice,
    '<p>Hello, we are leaving and need a <b>full export</b> of our account.</p>',
  );
  await offered(bot, conversation, 'Yes, go ahead');
  const card = cardOf(bot.url, alice);
  await card.look();
  expect(card.words().join('\n')).toContain('Shall I go ahead?');

  await bot.choose(conversation, alice, 'Yes, go ahead');
  await said(bot, conversation, /has the number 1/);
  await until('the team has a note', async () => notesOf(conversation)[0]);
  expect(conversation.tags).toEqual(['data-dump']);

  const asked = bot.app.tickets.find(1);
  await bot.app.actions.approve({ number: 1, version: asked?.version ?? 0, agent: 'Ann' });
  await said(bot, conversation, /is ready/);
  const files = () => conversation.parts.flatMap(({ attachments }) => attachments);
  await until('the file came', async () => files().length > 0);
  expect(files().map(({ name }) => name)).toEqual(['acme-data-export-links.csv']);
  const csv = Buffer.from(files()[0]?.data ?? '', 'base64').toString('utf8');
  const link = /https?:\/\/\S+?\/d\/[\w.-]+/.exec(csv)?.[0] ?? '';
  expect((await fetch(link)).status).toBe(200);
  await until('it was closed', async () => conversation.state === 'closed');

  const endsAt = bot.app.tickets.find(1)?.expiresAt?.getTime() ?? 0;
  await card.look();
  await card.press('I need more time');
  await card.press('48 hours');
  await said(bot, conversation, /You have more time/);
  expect((bot.app.tickets.find(1)?.expiresAt?.getTime() ?? 0) - endsAt).toBe(48 * 3_600_000);
  expect((await fetch(link)).status).toBe(200);

  const handedOver = bot.said(thread()).length;
  await bot.reply(conversation, alice, '<p>I want to talk to a person</p>');
  await until('the team has it', async () => conversation.teamId === TEAM);
  await until('it is said what happens next', async () => bot.said(thread()).length > handedOver);
  await bot.answer(conversation, '<p>Hello Alice, how can I help?</p>');
  await until('the bot is silent', async () => bot.app.tickets.conversation(thread())?.humanSince);
  const count = bot.said(thread()).length;
  await bot.reply(conversation, alice, '<p>Where is my export?</p>');
  await card.look();
  await card.press('I need more time');
  await card.press('24 hours');
  expect(bot.app.tickets.find(1)?.extensionAskedHours).toBeNull();

  await bot.note(conversation, '<p>/waybill resume</p>');
  await until(
    'it was called back',
    async () => !bot.app.tickets.conversation(thread())?.humanSince,
  );
  expect(bot.said(thread())).toHaveLength(count);
  await bot.reply(conversation, alice, '<p>Where is my export?</p>');
  await said(bot, conversation, /links work until/i, count);
  // Prism has looked at everything that was sent.
  expect(bot.refused).toEqual([]);

  function thread(): string {
    return `intercom:${conversation.id}`;
  }
}, 120_000);
