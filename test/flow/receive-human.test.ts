import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import { callBack } from '../../src/flow/receive/hand-over.ts';
import { type Dialogue, startDialogue } from '../support/dialogue.ts';

let talk: Dialogue;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

describe('a human', () => {
  test('takes over with the last words; the bot stays silent until it is called back', async () => {
    await talk.confirmed();
    const { text, others } = await talk.say('I want to talk to a real person about this');
    expect(text).toContain('colleague');
    expect(others).toMatchObject([
      { to: 'desk', notice: { level: 'action', text: expect.stringContaining('real person') } },
    ]);
    const silent = await talk.say('hello? status?');
    expect(silent.text).toBe('');
    expect(silent.others).toMatchObject([
      { to: 'desk', notice: { text: 'The customer writes: hello? status?' } },
    ]);
    expect(callBack(talk.deps, webThreadOf('alice@acme.example'), 'Ann')).toBe(true);
    expect(callBack(talk.deps, webThreadOf('alice@acme.example'), 'Ann')).toBe(false);
    expect(talk.heard().text).toContain('I am back');
    expect(talk.deps.tickets.history(1).at(-1)).toMatchObject({
      actor: 'desk:Ann',
      event: 'call_back',
    });
    expect((await talk.say('status?')).text).toContain('with our team');
  });
});

describe('a human, without a request,', () => {
  const umbrella = 'uma@umbrella.example';

  test('gets a ticket, which is exported only after a yes to its summary', async () => {
    const { ticket, others } = await talk.say('I want to talk to a person');
    expect(ticket).toMatchObject({ number: 1, status: 'collecting', confirmedAt: null });
    expect(others).toMatchObject([{ to: 'desk', notice: { level: 'action' } }]);
    callBack(talk.deps, webThreadOf('alice@acme.example'), 'Ann');
    const yes = await talk.say('yes');
    expect(yes.text).toContain('Shall I go ahead?');
    expect(yes.ticket?.status).toBe('collecting');
    expect((await talk.say('yes')).ticket?.status).toBe('awaiting_approval');
  });

  test('opens no way around the retention', async () => {
    const asked = await talk.say('I want to talk to a person', umbrella);
    expect(asked.ticket?.checks).toContainEqual(
      expect.objectContaining({ name: 'account', ok: false }),
    );
    callBack(talk.deps, webThreadOf(umbrella), 'Ann');
    for (const says of ['yes', 'yes', 'data dump please', 'yes']) {
      const said = await talk.say(says, umbrella);
      expect(said.ticket?.status).toBe('collecting');
    }
  });

  test('is not there for strangers, who are told the way', async () => {
    const said = await talk.say('I want to talk to a person', 'rita@acme.example');
    expect(said.text).toContain('ask an admin of your account');
    expect(said.others).toEqual([]);
    expect((await talk.say('hello', 'rita@acme.example')).text).toContain('Hello');
  });
});

describe('the question of the desk', () => {
  test('is answered by the next message, whatever it says', async () => {
    await talk.confirmed();
    const thread = webThreadOf('alice@acme.example');
    const conversation = talk.deps.tickets.conversation(thread);
    if (!conversation) throw new Error('no conversation');
    talk.deps.tickets.commit(
      { conversation: { ...conversation, awaiting: { what: 'answer', ticketNumber: 1 } } },
      talk.clock.now(),
    );
    const { text, ticket, others } = await talk.say('no, cancel everything but Berlin');
    expect(text).toContain('passed your answer on');
    expect(ticket?.status).toBe('awaiting_approval');
    expect(others).toMatchObject([
      { to: 'desk', notice: { text: expect.stringContaining('Berlin') } },
    ]);
    expect(talk.deps.tickets.history(1).at(-1)).toMatchObject({
      event: 'answer',
      detail: { answer: 'no, cancel everything but Berlin' },
    });
    expect((await talk.say('status?')).text).toContain('with our team');
  });

  test('asked before the yes leaves the summary waiting', async () => {
    await talk.say('I need a full data dump');
    const thread = webThreadOf('alice@acme.example');
    const conversation = talk.deps.tickets.conversation(thread);
    if (!conversation) throw new Error('no conversation');
    talk.deps.tickets.commit(
      { conversation: { ...conversation, awaiting: { what: 'answer', ticketNumber: 1 } } },
      talk.clock.now(),
    );
    expect((await talk.say('yes, all of Berlin')).ticket?.status).toBe('collecting');
    expect((await talk.say('yes')).ticket?.status).toBe('awaiting_approval');
  });
});
