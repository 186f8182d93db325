import { addDays } from 'date-fns/addDays';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChannelLinks } from '../../db/channel-links.ts';
import { createIdentities } from '../../db/identities.ts';
import { linkChannel } from '../../src/flow/identity/link-channel.ts';
import { receiveFrom } from '../../src/flow/identity/receive-from.ts';
import { type Identified, startIdentified } from '../support/identified.ts';

let talk: Identified;

beforeEach(async () => {
  talk = await startIdentified();
});
afterEach(() => talk.close());

test('a person whose address the service proves is known at once', async () => {
  await talk.say('I need a data dump', { provenEmail: 'alice@acme.example' });
  expect(talk.heard()).toMatch(/Shall I go ahead/);
});

test('a person whose address nobody knows proves one with a code, and is answered then', async () => {
  await talk.say('I need a data dump');
  expect(talk.heard()).toMatch(/who you are/);
  await talk.say('it is Alice@Acme.example');
  expect(talk.heard()).toMatch(/code is on its way/);
  await talk.say(talk.code());
  expect(talk.heard()).toMatch(/Shall I go ahead/);
  await talk.say('yes');
  expect(talk.heard()).toMatch(/has the number 1/);
  expect(talk.deps.tickets.find(1)?.requester.email).toBe('alice@acme.example');
});

test('an address that exists and one that does not are answered alike, and only one gets a mail', async () => {
  const answersTo = async (email: string, who: string) => {
    const heard: string[] = [];
    for (const text of ['hi', email, '000000', '000001', 'and now?']) {
      await talk.say(text, { who });
      heard.push(talk.heard().replaceAll(email, 'ADDRESS'));
    }
    return heard;
  };
  const known = await answersTo('alice@acme.example', 'slack:U1');
  expect(talk.mails()).toHaveLength(1);
  expect(await answersTo('nobody@acme.example', 'slack:U2')).toEqual(known);
  expect(talk.mails()).toHaveLength(1);
});

test('a person of the account without the right gets no code', async () => {
  await talk.say('hi');
  await talk.say('olga@acme.example');
  expect(talk.heard()).toMatch(/code is on its way/);
  expect(talk.mails()).toEqual([]);
});

test('a code takes five tries', async () => {
  await talk.say('hi');
  await talk.say('alice@acme.example');
  const wrong = talk.code() === '111111' ? '222222' : '111111';
  for (let tries = 0; tries < 5; tries++) await talk.say(wrong);
  expect(talk.heard()).toMatch(/does not work any more/);
  await talk.say(talk.code());
  expect(talk.heard()).not.toMatch(/Shall I go ahead/);
  expect(talk.identities.find('slack:U1')).toBeNull();
});

test('a code works for ten minutes, for the person who asked for it, once', async () => {
  await talk.say('hi');
  await talk.say('alice@acme.example');
  await talk.say('hi', { who: 'slack:U2' });
  await talk.say(talk.code(), { who: 'slack:U2' });
  expect(talk.identities.find('slack:U2')).toBeNull();
  talk.clock.jump(0.2);
  await talk.say(talk.code());
  expect(talk.heard()).toMatch(/has ended/);
  expect(talk.identities.find('slack:U1')).toBeNull();
});

test('codes are limited for a person and for an address', async () => {
  await talk.say('hi');
  for (let n = 0; n < 5; n++) await talk.say('alice@acme.example');
  expect(talk.heard()).toMatch(/lot of codes/);
  expect(talk.mails()).toHaveLength(4);
  for (const who of ['slack:U2', 'slack:U3', 'slack:U4', 'slack:U5']) {
    await talk.say('alice@acme.example', { who });
  }
  expect(talk.mails().length).toBeLessThanOrEqual(6);
  talk.clock.jump(2);
  await talk.say('alice@acme.example');
  expect(talk.heard()).toMatch(/code is on its way/);
});

test('the code is nowhere stored as it is', async () => {
  await talk.say('hi');
  await talk.say('alice@acme.example');
  expect(JSON.stringify(talk.identities.proof('slack:U1'))).not.toContain(talk.code());
});

test('a proof ends after thirty days, and with what the service says no more', async () => {
  const at = talk.clock.now();
  const identity = { who: 'slack:U1', email: 'alice@acme.example', name: 'Alice' };
  talk.identities.remember({ ...identity, provenBy: 'code', provenAt: addDays(at, -31) });
  await talk.say('I need a data dump');
  expect(talk.heard()).toMatch(/who you are/);
  talk.identities.remember({ ...identity, provenBy: 'service', provenAt: at });
  await talk.say('I need a data dump');
  expect(talk.heard()).toMatch(/who you are/);
});

test('a message that comes again is answered once', async () => {
  const message = talk.message('hi');
  await receiveFrom(talk.deps, message);
  await receiveFrom(talk.deps, message);
  expect(talk.allHeard()).toHaveLength(1);
});

test('in a channel that is tied to another account nobody gets anything', async () => {
  await talk.say('I need a data dump', {
    provenEmail: 'alice@acme.example',
    accountId: 'other',
  });
  expect(talk.heard()).not.toMatch(/Shall I go ahead/);
  expect(talk.deps.tickets.list({})).toEqual([]);
});

test('support ties a channel to an account that exists', async () => {
  const channelLinks = createChannelLinks(talk.db);
  const deps = { ...talk.deps, channelLinks };
  expect(await linkChannel(deps, 'slack:C1', 'nope', 'Anna')).toMatchObject({ ok: false });
  expect(await linkChannel(deps, 'slack:C1', 'acme', 'Anna')).toMatchObject({ ok: true });
  expect(channelLinks.find('slack:C1')).toMatchObject({ accountId: 'acme', mayHoldLinks: false });
  await linkChannel(deps, 'slack:C1', 'acme', 'Ben', { mayHoldLinks: true });
  expect(channelLinks.find('slack:C1')).toMatchObject({ linkedBy: 'Ben', mayHoldLinks: true });
  channelLinks.unlink('slack:C1');
  expect(channelLinks.find('slack:C1')).toBeNull();
});

test('people are found by their address, the latest proof first', () => {
  const identities = createIdentities(talk.db);
  const at = talk.clock.now();
  for (const [days, who] of [
    [2, 'slack:U1'],
    [1, 'slack:U2'],
    [0, 'intercom:9'],
  ] as const) {
    identities.remember({
      who,
      email: 'Alice@acme.example',
      name: 'Alice',
      provenBy: 'code',
      provenAt: addDays(at, -days),
    });
  }
  expect(identities.withEmail('slack:', 'alice@ACME.example').map(({ who }) => who)).toEqual([
    'slack:U2',
    'slack:U1',
  ]);
});
