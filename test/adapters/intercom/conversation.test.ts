import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CLIENT_SECRET,
  type IntercomBot,
  notesOf,
  offered,
  said,
  startIntercomBot,
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
