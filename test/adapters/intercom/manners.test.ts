import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type IntercomBot,
  notesOf,
  said,
  startIntercomBot,
  TEAM,
  until,
} from '../../support/intercom-bot.ts';
import type { Contact, Conversation } from '../../support/intercom-workspace.ts';

let bot: IntercomBot;
beforeAll(async () => {
  bot = await startIntercomBot();
}, 60_000);
afterAll(() => bot?.close());

const person = (email: string, more: Partial<Contact> = {}) =>
  bot.workspace.addContact({ email, name: email.split('@')[0] ?? '', ...more });
const texts = ({ id }: Conversation) => bot.said(`intercom:${id}`).map(({ text }) => text);

/** Until the bot has looked into the conversation so often: it does once for each message, and in their order. */
async function heard({ id }: Conversation, times: number): Promise<void> {
  const isLook = (call: { method: string; path: string }) =>
    call.method === 'GET' && call.path === `/conversations/${id}`;
  await until('all was heard', async () => bot.calls.filter(isLook).length >= times);
}

/** Until everything that was answered is sent. */
async function quiet({ id }: Conversation): Promise<void> {
  await until('nothing waits', async () => !bot.app.outbox.pending(`intercom:${id}`));
}

test.each(['<p>Hello</p>', '<p>I cannot log in</p>', '<p>I want to talk to a person</p>'])(
  'what is not about exports is left to the team: %s',
  async (html) => {
    const ivy = person('ivy@initech.example', { role: 'lead', external_id: null });
    const talk = await bot.begin(ivy, html);
    const other = await bot.begin(ivy, '<p>I need a data dump</p>');
    await said(bot, other, /who you are/);
    expect(texts(talk)).toEqual([]);
  },
);

test('the bot does not speak into a talk with a teammate, until it is called', async () => {
  const bob = person('bob@acme.example');
  const talk = await bot.begin(bob, '<p>My invoice looks odd</p>');
  await bot.answer(talk, '<p>Let me look.</p>');
  await bot.reply(talk, bob, '<p>And I need a data dump of our account</p>');
  await bot.reply(talk, bob, '<p>Did you see that?</p>');
  await heard(talk, 3);
  await quiet(talk);
  expect(texts(talk)).toEqual([]);
  await bot.reply(talk, bob, '<p>We need a full data export, please</p>');
  await bot.note(talk, '<p>/waybill resume</p>');
  await until('it is answered', async () => texts(talk).length > 0);
});

test('whoever asks for a person gets one: assigned, with a note of what was said, and silence', async () => {
  const uma = person('ian@initech.example');
  const talk = await bot.begin(uma, '<p>I need a data dump &lt;now&gt;</p>');
  await until('it is answered', async () => texts(talk).length > 0);
  const count = texts(talk).length;
  await bot.reply(talk, uma, '<p>I want to talk to a person</p>');
  await said(bot, talk, /hand this over to a colleague/, count);
  await until('it is assigned', async () => talk.teamId === TEAM);
  const note = await until('there is a note', async () =>
    notesOf(talk).find((text) => text.includes('wants to talk to a person')),
  );
  expect(note).toContain('I need a data dump &lt;now&gt;');
  expect(note).toMatch(/\/desk\/\d+/);

  const silentAfter = texts(talk).length;
  await bot.reply(talk, uma, '<p>Are you there? I need a data dump</p>');
  await quiet(talk);
  await bot.note(talk, '<p>/waybill resume</p>');
  await said(bot, talk, /I am back/, silentAfter);
  expect(texts(talk)).toHaveLength(silentAfter + 1);
});

test('somebody unknown needs no code to get a person, and is told nothing', async () => {
  const lead = person('', { role: 'lead', external_id: null });
  const talk = await bot.begin(lead, '<p>How do I get an export of our data?</p>');
  await said(bot, talk, /who you are/);
  await bot.reply(talk, lead, '<p>I want to talk to a human</p>');
  await said(bot, talk, /hand this over to a colleague/);
  await until('it is assigned', async () => talk.teamId === TEAM);
  const note = await until('there is a note', async () => notesOf(talk)[0]);
  expect(note).toContain('not checked who this is');
  await bot.reply(talk, lead, '<p>alice@acme.example</p>');
  await quiet(talk);
  expect(texts(talk)).toHaveLength(2);
});

test('a teammate who answers has the talk; own messages of the bot change nothing', async () => {
  const ivy = person('ivy@initech.example');
  const talk = await bot.begin(ivy, '<p>What is included in the export?</p>');
  await until('it is answered', async () => texts(talk).length > 0);
  const own = talk.parts.find(({ part_type: type }) => type === 'comment');
  if (own) await bot.tell('conversation.admin.replied', talk, [own]);
  const count = texts(talk).length;
  await bot.reply(talk, ivy, '<p>How long are the links valid?</p>');
  await until('it is answered', async () => texts(talk).length > count);
  await bot.answer(talk, '<p>I take it from here.</p>');
  await until(
    'a person has it',
    async () => bot.app.tickets.conversation(`intercom:${talk.id}`)?.humanSince,
  );
  const silentAfter = texts(talk).length;
  await bot.reply(talk, ivy, '<p>I need a data dump</p>');
  await bot.reply(talk, ivy, '<p>Hello?</p>');
  await quiet(talk);
  expect(texts(talk)).toHaveLength(silentAfter);
  expect(talk.teamId).toBeNull();
});

test('others who were added to a talk are left alone', async () => {
  const ian = person('ian@initech.example');
  const talk = await bot.begin(ian, '<p>What is included in the export?</p>');
  await until('it is answered', async () => texts(talk).length > 0);
  const stranger = person('rita@acme.example');
  talk.contacts.push({ type: 'contact', id: stranger.id, external_id: null });
  const count = texts(talk).length;
  await bot.reply(talk, stranger, '<p>I need a data dump</p>');
  await bot.reply(talk, ian, '<p>thanks</p>');
  await said(bot, talk, /welcome/, count);
  expect(texts(talk)).toHaveLength(count + 1);
});
