import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CLIENT_SECRET,
  type IntercomBot,
  notesOf,
  offered,
  said,
  startIntercomBot,
  TEAM,
  until,
} from '../../support/intercom-bot.ts';
import { payload, signed } from '../../support/intercom-payloads.ts';
import type { Contact, Conversation } from '../../support/intercom-workspace.ts';

const WISH = '<p>We are leaving and need a full export of our account.</p>';

let bot: IntercomBot;
beforeAll(async () => {
  bot = await startIntercomBot();
}, 60_000);
afterAll(() => bot?.close());

/** Everybody asks for another account, so that the talks do not meet. */
const person = (email: string, more: Partial<Contact> = {}) =>
  bot.workspace.addContact({ email, name: email.split('@')[0] ?? '', ...more });
const mailed = (type: string) =>
  type === 'email' ? { email_message_metadata: { subject: 'Re: export' } } : {};
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

test('a verified customer is answered, chooses with a click, and the team sees the ticket', async () => {
  const ian = person('ian@initech.example');
  const talk = await bot.begin(ian, WISH);
  await said(bot, talk, /Shall I go ahead\?/);
  await offered(bot, talk, 'Yes, go ahead');
  await until('there is a note', async () => notesOf(talk).length > 0);
  const [ticket] = bot.app.tickets.list({ accountId: 'initech' });
  expect(ticket).toMatchObject({ thread: `intercom:${talk.id}`, status: 'collecting' });
  expect(talk.tags).toEqual(['data-dump']);
  expect(notesOf(talk)).toEqual([expect.stringContaining(`${bot.url}/desk/${ticket?.number}`)]);
  expect(notesOf(talk)[0]).toContain('Initech Staffing');

  await bot.choose(talk, ian, 'Yes, go ahead');
  await said(bot, talk, /has the number/);
  expect(notesOf(talk)).toHaveLength(1);
});

test('a person of two accounts is asked which one, and hears nothing of either before', async () => {
  const casey = person('casey@consulting.example');
  const talk = await bot.begin(casey, '<p>I need a data dump</p>');
  await said(bot, talk, /Which one is it about/);
  expect(await offered(bot, talk, 'Globex Talent, Inc.')).toEqual([
    'Acme Recruiting',
    'Globex Talent, Inc.',
  ]);
  expect(bot.app.tickets.list({ thread: `intercom:${talk.id}` })).toEqual([]);
  await bot.choose(talk, casey, 'Acme Recruiting');
  await said(bot, talk, /Shall I go ahead\?/);
  expect(bot.app.tickets.list({ thread: `intercom:${talk.id}` })[0]?.accountId).toBe('acme');
});

test.each([
  ['a lead', { role: 'lead' as const, external_id: 'f3b87a2e-09d5' }, 'conversation'],
  ['somebody who writes a mail', {}, 'email'],
])('%s proves an address with a code, before anything of an account is said', async (...of) => {
  const [, more, type] = of;
  const gus = person('gus@globex.example', more);
  const talk = await bot.begin(gus, '<p>I need a full export of our data</p>', type);
  await said(bot, talk, /who you are/);
  await bot.reply(talk, gus, '<p>gus@globex.example</p>');
  await said(bot, talk, /code is on its way/);
  expect(texts(talk).join()).not.toMatch(/Globex|invoice/);
  await bot.reply(talk, gus, `<p>${await bot.mailedCode()}</p>`);
  await said(bot, talk, /INV-2041/);
});

test('a user counts as unverified while the workspace does not enforce who people are', async () => {
  const other = await startIntercomBot();
  other.workspace.enforcesIdentity = false;
  const alice = other.workspace.addContact({ email: 'alice@acme.example' });
  const talk = await other.begin(alice, WISH);
  await said(other, talk, /who you are/);
  await other.close();
});

test('what a code has proven of a user who can be feigned counts for one conversation', async () => {
  const ivan = person('ivy@initech.example');
  const prove = async (type: string, talk: Conversation) => {
    await said(bot, talk, /who you are/);
    await bot.reply(talk, ivan, '<p>ivy@initech.example</p>', mailed(type));
    await said(bot, talk, /code is on its way/);
    await bot.reply(talk, ivan, `<p>${await bot.mailedCode()}</p>`, mailed(type));
    await until('it is answered', async () => texts(talk).length > 2);
  };
  const first = await bot.begin(ivan, '<p>I need a data dump</p>', 'email');
  await prove('email', first);
  const second = await bot.begin(ivan, '<p>Please send me the links CSV again</p>', 'email');
  await said(bot, second, /who you are/);
});

test('the user id that was signed goes before the address beside it', async () => {
  const mallory = person('uma@umbrella.example', { external_id: 'nobody@else.example' });
  const talk = await bot.begin(mallory, WISH);
  await said(bot, talk, /only for an admin or an authorised contact/);
});

test('a reply by mail is not taken for one from the Messenger', async () => {
  const arthur = person('arthur@acme.example');
  const talk = await bot.begin(arthur, WISH);
  await until('it is answered', async () => texts(talk).length > 0);
  const mail = { email_message_metadata: { subject: 'Re: export' } };
  const count = texts(talk).length;
  await bot.reply(talk, arthur, '<p>I need a data dump</p>', mail);
  await said(bot, talk, /who you are/, count);
});

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

test('a deleted conversation is let go, and what comes after it is worked on', async () => {
  const ian = person('ian@initech.example');
  const gone = bot.workspace.begin(ian, WISH);
  bot.workspace.conversations.delete(gone.id);
  expect(await bot.tell('conversation.user.created', gone, [])).toBe(200);
  const talk = await bot.begin(ian, '<p>What is included in the export?</p>');
  await until('it is answered', async () => texts(talk).length > 0);
  expect(bot.app.tickets.conversation(`intercom:${gone.id}`)).toBeNull();
});

test('recorded payloads go the whole way: over HTTP, through the flows, back as an answer', async () => {
  const other = await startIntercomBot();
  const alice = other.workspace.addContact({
    id: '6762f1571bb69f9f2193bbbb',
    email: 'alice@acme.example',
    external_id: 'alice@acme.example',
  });
  const talk = other.workspace.begin(alice, WISH);
  other.workspace.conversations.set(
    '215470058830201',
    Object.assign(talk, { id: '215470058830201' }),
  );
  const replay = async (name: string) => {
    const body = payload(name);
    const headers = signed(body, CLIENT_SECRET);
    const path = `${other.url}/webhooks/intercom`;
    expect((await fetch(path, { method: 'POST', headers, body })).status).toBe(200);
  };
  await replay('user-created');
  await said(other, talk, /Shall I go ahead\?/);
  // Nothing follows from these, and nothing from a second delivery.
  for (const name of ['ping', 'contact-created', 'operator-replied', 'user-rated', 'bot-replied']) {
    await replay(name);
  }
  await replay('user-created');
  await replay('user-replied');
  await said(other, talk, /has the number 1/);
  await replay('admin-replied');
  await until(
    'a person has it',
    async () => other.app.tickets.conversation('intercom:215470058830201')?.humanSince,
  );
  await replay('user-replied-with-file');
  await replay('admin-noted');
  await said(other, talk, /I am back/);
  expect(other.said('intercom:215470058830201')).toHaveLength(3);
  const events = other.app.tickets.history(1).map(({ event }) => event);
  expect(events).toEqual(['open', 'confirm', 'reply', 'message', 'call_back']);
  await other.close();
});

test('a message that is told of twice is answered once', async () => {
  const ian = person('ian@initech.example');
  const talk = await bot.begin(ian, '<p>What is included in the export?</p>');
  await until('it is answered', async () => texts(talk).length > 0);
  await bot.tell('conversation.user.created', talk, []);
  const count = texts(talk).length;
  await bot.reply(talk, ian, '<p>thanks</p>');
  await said(bot, talk, /welcome/, count);
  expect(texts(talk)).toHaveLength(count + 1);
});
