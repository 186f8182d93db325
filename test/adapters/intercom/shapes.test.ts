import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notesOf, offered, said, startIntercomBot, until } from '../../support/intercom-bot.ts';
import { hasDescription, type Prism, startPrism } from '../../support/intercom-prism.ts';

let prism: Prism | null = null;
beforeAll(async () => {
  prism = await startPrism();
}, 60_000);
afterAll(() => prism?.close());

const COMMENT = { message_type: 'comment', type: 'admin', admin_id: '814860', body: '<p>Hi</p>' };
const CHOICE = { text: 'Yes', uuid: 'a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb' };
const CHOICES = { ...COMMENT, message_type: 'quick_reply', body: undefined };
const CLOSE = { message_type: 'close', type: 'admin', admin_id: '814860' };
const ASSIGN = { ...CLOSE, message_type: 'assignment', type: 'team', assignee_id: '5017691' };
const FILE = { name: 'a.csv', content_type: 'text/csv', data: 'YQ==' };
const REPLY = '/conversations/215470058830201/reply';
const PARTS = '/conversations/215470058830201/parts';
const TAGS = '/conversations/215470058830201/tags';

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${prism?.url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return answer.status;
}

describe.skipIf(!hasDescription)("Intercom's description", () => {
  test.each([
    [REPLY, COMMENT],
    [REPLY, { ...COMMENT, message_type: 'note' }],
    [REPLY, { ...COMMENT, attachment_files: [FILE] }],
    [REPLY, { ...CHOICES, reply_options: [CHOICE] }],
    [PARTS, CLOSE],
    [PARTS, ASSIGN],
    [TAGS, { id: '86', admin_id: '814860' }],
    ['/tags', { name: 'data-dump' }],
  ])('accepts the shapes that the bot sends: %s %j', async (path, body) => {
    expect(await post(path, body)).toBe(200);
  });

  test.each([
    ['an answer of nobody', REPLY, { ...COMMENT, admin_id: undefined }],
    ['an answer in no kind', REPLY, { ...COMMENT, message_type: undefined }],
    ['an answer of a kind that there is not', REPLY, { ...COMMENT, message_type: 'whisper' }],
    ['an author who is no admin', REPLY, { ...COMMENT, type: 'robot' }],
    ['words that are no text', REPLY, { ...COMMENT, body: 5 }],
    ['eleven files', REPLY, { ...COMMENT, attachment_files: Array(11).fill(FILE) }],
    ['an address of a file that is none', REPLY, { ...COMMENT, attachment_urls: ['no url'] }],
    ['answers without ids', REPLY, { ...CHOICES, reply_options: [{ text: 'Yes' }] }],
    [
      'ids of answers that are no UUIDs',
      REPLY,
      { ...CHOICES, reply_options: [{ ...CHOICE, uuid: '1' }] },
    ],
    ['a close by nobody', PARTS, { ...CLOSE, admin_id: undefined }],
    ['an assignment to nobody', PARTS, { ...ASSIGN, assignee_id: undefined }],
    ['a tag without its id', TAGS, { admin_id: '814860' }],
    ['a tag by nobody', TAGS, { id: '86' }],
  ])('refuses %s', async (_what, path, body) => {
    expect(await post(path, body)).toBe(422);
  });

  test('refuses who has no token', async () => {
    expect(await post(REPLY, COMMENT, { authorization: '' })).toBe(401);
  });

  test('accepts every request of a whole conversation', async () => {
    const bot = await startIntercomBot({ prismUrl: prism?.url ?? null });
    const ian = bot.workspace.addContact({ email: 'ian@initech.example' });
    const talk = await bot.begin(ian, '<p>We are leaving and need a full export.</p>');
    await said(bot, talk, /Shall I go ahead\?/);
    await offered(bot, talk, 'Yes, go ahead');
    await bot.choose(talk, ian, 'Yes, go ahead');
    await said(bot, talk, /has the number/);
    await bot.reply(talk, ian, '<p>I want to talk to a person</p>');
    await until('it is assigned', async () => talk.teamId);
    await until('there are two notes', async () => notesOf(talk).length === 2);
    const asked = new Set(bot.calls.map(({ method, path }) => `${method} ${path.split('/')[1]}`));
    expect([...asked].sort()).toEqual([
      'GET contacts',
      'GET conversations',
      'GET me',
      'POST conversations',
      'POST tags',
    ]);
    expect(bot.refused).toEqual([]);
    await bot.close();
  });
});
