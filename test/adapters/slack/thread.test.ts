import { webApi } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import { toSendError } from '../../../src/adapters/slack/failure.ts';
import { describeThread } from '../../contracts/thread.ts';
import { startEmulatedSlack } from '../../support/slack-emulate.ts';

describeThread('Slack', async () => {
  const slack = await startEmulatedSlack();
  return {
    thread: slack.thread,
    reference: await slack.begin('Hello'),
    otherReference: await slack.begin('Hello, too'),
    said: slack.said,
    close: slack.close,
  };
});

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

const FILE = {
  ref: { kind: 'links_csv' as const, ticketNumber: 12 },
  fileName: 'acme-links.csv',
  contentType: 'text/csv',
  content: Buffer.from('part,link\r\n'),
};

test('a file whose message was not posted is not shared twice', async () => {
  let cut = true;
  const slack = await startEmulatedSlack(({ method }) =>
    method === 'chat.postMessage' && cut ? 'cut' : null,
  );
  undo.push(slack.close);
  const thread = await slack.begin('Hello');
  const message = { text: 'Here.', choices: [], file: FILE };
  await expect(slack.thread.send(thread, message, 'k')).rejects.toThrow('did not reach Slack');
  cut = false;
  await slack.thread.send(thread, message, 'k');
  await slack.thread.send(thread, message, 'again');
  const { messages = [] } = await slack.direct.conversations.replies({
    channel: slack.channel,
    ts: thread.split(':')[2] ?? '',
  });
  const kinds = messages.slice(1).map(({ files = [] }) => (files.length > 0 ? 'file' : 'text'));
  expect(kinds).toEqual(['file', 'text', 'file', 'text']);
});

test('links go to the requester alone where others can read, once', async () => {
  const asked: [string, number][] = [];
  let alice = '';
  const slack = await startEmulatedSlack(() => null, {
    mayHoldLinks: async (channel, number) => {
      asked.push([channel, number]);
      return false;
    },
    requesterOf: async () => alice,
  });
  alice = slack.alice;
  undo.push(slack.close);
  const thread = await slack.begin('Hello');
  const secret = { ticketNumber: 12, openText: 'Ready: (the link is not shown here)' };
  const message = { text: 'Ready: https://x.example/e/1', choices: [], file: FILE, secret };
  await slack.thread.send(thread, message, 'k');
  await slack.thread.send(thread, message, 'k');
  expect(asked[0]).toEqual([slack.channel, 12]);
  const [said] = await slack.said(thread);
  expect(said).toMatchObject({ hasFile: false });
  expect(said?.text).toMatch(/^Ready: \(the link is not shown here\)\n\nOther people can read/);
  const { channel } = await slack.direct.conversations.open({ users: alice });
  const { messages = [] } = await slack.direct.conversations.history({
    channel: channel?.id ?? '',
  });
  expect(messages.filter(({ text }) => text?.includes('/e/1'))).toHaveLength(1);
  expect(messages.filter(({ files = [] }) => files.length > 0)).toHaveLength(1);
});

test('says for how long Slack wants to be left alone', async () => {
  const slack = await startEmulatedSlack(({ method }) =>
    method === 'chat.postMessage' ? 'limited' : null,
  );
  undo.push(slack.close);
  const thread = await slack.begin('Hello');
  const message = { text: 'Hi', choices: [], file: null };
  await expect(slack.thread.send(thread, message, 'k')).rejects.toMatchObject({
    retryAfterSeconds: 7,
    permanent: false,
  });
});

test('what cannot be helped by trying again is permanent, with what to do', async () => {
  const slack = await startEmulatedSlack();
  undo.push(slack.close);
  const message = { text: 'Hi', choices: [], file: null };
  await expect(slack.thread.send('slack:C0NOPE:1.1', message, 'k')).rejects.toMatchObject({
    permanent: true,
    message: expect.stringContaining('invite the bot'),
  });
  await expect(slack.thread.send('web:abc', message, 'k')).rejects.toMatchObject({
    permanent: true,
  });
});

test('an answer of Slack that is not known is tried again', () => {
  const error = new webApi.WebAPIPlatformError({ ok: false, error: 'fatal_error' });
  expect(toSendError(error, 'The message')).toMatchObject({ permanent: false });
});

test('links that cannot reach the requester in Slack are not posted at all', async () => {
  const slack = await startEmulatedSlack(() => null, {
    mayHoldLinks: async () => false,
    requesterOf: async () => 'U0GONE',
  });
  undo.push(slack.close);
  const thread = await slack.begin('Hello');
  const secret = { ticketNumber: 12, openText: 'Ready.' };
  const message = { text: 'Ready: https://x.example/e/1', choices: [], file: FILE, secret };
  await slack.thread.send(thread, message, 'k');
  const said = await slack.said(thread);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject({ hasFile: false, text: expect.stringContaining('in the mail') });
});

test('says where support can read a thread, asks Slack once, and keeps direct messages to themselves', async () => {
  const slack = await startEmulatedSlack();
  undo.push(slack.close);
  let asked = 0;
  slack.app.client.chat.getPermalink = async ({ channel, message_ts: ts }) => {
    asked += 1;
    return { ok: true, permalink: `https://vendor.slack.com/archives/${channel}/p${ts}` };
  };
  const at = 'https://vendor.slack.com/archives/C1/p17.000100';
  expect(await slack.thread.address?.('slack:C1:17.000100')).toBe(at);
  expect(await slack.thread.address?.('slack:C1:17.000100')).toBe(at);
  expect(await slack.thread.address?.('slack:D1:17.000100')).toBeNull();
  expect(asked).toBe(1);
});
