import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import { receive } from '../../src/flow/receive.ts';
import { type Dialogue, startDialogue, startDialogueOnOwnSample } from '../support/dialogue.ts';

let talk: Dialogue;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

describe('a message', () => {
  test('that comes again is answered once', async () => {
    const thread = webThreadOf('alice@acme.example');
    const inbound = {
      id: 'web:7',
      thread,
      email: 'Alice@Acme.example',
      name: 'Alice',
      text: 'I need a data dump',
      files: [],
    };
    await Promise.all([receive(talk.deps, inbound), receive(talk.deps, inbound)]);
    await receive(talk.deps, inbound);
    expect(talk.heard().text.match(/Shall I go ahead/g)).toHaveLength(1);
    expect(talk.deps.tickets.list({})).toHaveLength(1);
  });

  test.each([
    ['huge', 'data dump '.repeat(200_000)],
    ['binary', '\u0000\u0001\u0002\uFFFD'.repeat(1_000)],
    ['HTML', '<script>fetch("/desk/approve")</script><img src=x onerror=alert(1)>'],
    ['a formula', '=HYPERLINK("http://evil.example","yes")'],
    ['empty', ''],
  ])('that is %s opens no more than a summary', async (_name, text) => {
    const said = await talk.say(text);
    expect(said.text).not.toBe('');
    expect(said.text.length).toBeLessThan(2_000);
    expect(said.text).not.toContain('<');
    expect(['collecting', undefined]).toContain(said.ticket?.status);
  });

  test('that somebody was faster than is decided again on what is true then', async () => {
    await talk.say('I need a data dump');
    const { commit } = talk.deps.tickets;
    let calls = 0;
    talk.deps.tickets.commit = (change, now) => {
      calls += 1;
      if (calls === 1) talk.move(['cancel'], { reason: 'Stopped by an admin.' });
      return commit(change, now);
    };
    const said = await talk.say('yes');
    talk.deps.tickets.commit = commit;
    expect(said.ticket?.status).toBe('cancelled');
    expect(said.text).toContain('nothing that waits');
  });

  test('while the ATS is down is answered honestly and reveals nothing', async () => {
    const { peopleByEmail } = talk.deps.ats;
    talk.deps.ats.peopleByEmail = async () => {
      throw new Error('connect ECONNREFUSED 10.0.0.7');
    };
    const said = await talk.say('I need a data dump');
    talk.deps.ats.peopleByEmail = peopleByEmail;
    expect(said.text).toContain('in a few minutes');
    expect(said.text).not.toContain('ECONN');
    expect((await talk.say('I need a data dump')).ticket?.status).toBe('collecting');
  });

  test('with only a file goes to the desk', async () => {
    await talk.confirmed();
    const { text, others } = await talk.say('', 'alice@acme.example', ['screenshot.png']);
    expect(text).toContain('passed your file on');
    expect(others).toMatchObject([
      { to: 'desk', notice: { text: expect.stringContaining('screenshot.png') } },
    ]);
  });

  test('of a requester whose rights were withdrawn confirms nothing', async () => {
    talk = await startDialogueOnOwnSample();
    await talk.say('I need a data dump');
    talk.changeAts("update users set role = 'other' where email = 'alice@acme.example'");
    const said = await talk.say('yes');
    expect(said.ticket?.status).toBe('collecting');
  });
});
