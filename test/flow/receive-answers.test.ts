import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import { callBack } from '../../src/flow/receive/hand-over.ts';
import { receive } from '../../src/flow/receive.ts';
import { type Dialogue, startDialogue, startDialogueOnOwnSample } from '../support/dialogue.ts';

let talk: Dialogue;
const DELIVERED = ['approve', 'build', 'deliver'] as const;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

async function confirmed(): Promise<void> {
  await talk.say('I need a full data dump');
  await talk.say('yes');
}

async function delivered(): Promise<void> {
  await confirmed();
  const now = talk.clock.now();
  talk.move([...DELIVERED], {
    exportId: 'x1',
    deliveredAt: now,
    expiresAt: addHours(now, 168),
    warnedHours: 72,
  });
}

async function expired(): Promise<void> {
  await delivered();
  talk.clock.jump(169);
  talk.move(['expire']);
}

async function purged(): Promise<void> {
  await expired();
  talk.clock.jump(24 * 8);
  talk.move(['purge'], { purgedAt: talk.clock.now() });
}

describe('where a request stands', () => {
  const cases: [name: string, prepare: () => unknown, hears: string][] = [
    ['awaiting approval', () => {}, 'is with our team'],
    ['approved', () => talk.move(['approve']), 'is approved'],
    ['building', building, 'being prepared: part 3 of 12, 400 MB of 1.2 GB done'],
    ['failed', () => talk.move(['approve', 'fail']), 'Something went wrong'],
    [
      'rejected',
      () => talk.move(['reject'], { reason: 'The contract forbids it.' }),
      'declined. The reason: The contract forbids it.',
    ],
    [
      'delivered',
      () => talk.move([...DELIVERED], { expiresAt: talk.clock.now() }),
      'links work until',
    ],
    ['cancelled', () => talk.move(['cancel'], { reason: 'Nobody answered.' }), 'Nobody answered.'],
  ];
  test.each(cases)('%s', async (_name, prepare, hears) => {
    await confirmed();
    prepare();
    const { text } = await talk.say('what is the status?');
    expect(text).toContain(hears);
  });

  function building(): void {
    const now = talk.clock.now();
    talk.move(['approve', 'build'], { exportId: 'x1' });
    talk.deps.exports.start({ id: 'x1', ticketNumber: 1 }, now);
    talk.deps.exports.planned('x1', {
      exportId: 'x1',
      accountId: 'acme',
      options: DEFAULT_OPTIONS,
    } as Plan);
    talk.deps.exports.progress(
      'x1',
      {
        parts: { done: 2, total: 12 },
        files: { done: 1, total: 2 },
        bytes: { done: 400_000_000, total: 1_200_000_000 },
      },
      now,
    );
  }

  test('is told to nobody of another account', async () => {
    await confirmed();
    const { text } = await talk.say('status?', 'gina@globex.example');
    expect(text).toContain('no export request of yours');
  });

  test('the desk hears when somebody asks after the promised day', async () => {
    await confirmed();
    talk.clock.jump(24 * 20);
    const { text, others } = await talk.say('when will it be ready?');
    expect(text).toContain('sorry for the delay');
    expect(others).toMatchObject([{ to: 'desk', notice: { level: 'action' } }]);
  });
});

describe('lost links', () => {
  test('come again in the thread of the requester', async () => {
    await delivered();
    const { text, attachments } = await talk.say('I lost the csv, please send it again');
    expect(attachments).toBe(1);
    expect(text).toContain('(2026-11-27T09:00:00Z)');
  });

  test('come to another admin, and not to another contact', async () => {
    await delivered();
    expect((await talk.say('resend the links file', 'arthur@acme.example')).attachments).toBe(1);
    const bob = await talk.say('resend the links file', 'bob@acme.example');
    expect(bob.attachments).toBe(0);
    expect(bob.text).toContain('admins of the account');
  });

  test('do not exist before the delivery', async () => {
    await confirmed();
    const { text, attachments } = await talk.say('I never received the links file');
    expect(attachments).toBe(0);
    expect(text).toContain('do not exist yet');
  });
});

describe('an extension', () => {
  test('is granted at once the first time, within the policy', async () => {
    await delivered();
    const asked = await talk.say('I need more time');
    expect(asked.choices).toEqual(['24 hours more', '48 hours more', 'Another week']);
    const { text, ticket, others } = await talk.say('48 hours more');
    expect(ticket).toMatchObject({
      status: 'delivered',
      expiresAt: new Date('2026-11-29T09:00:00Z'),
      warnedHours: null,
      selfServiceExtensions: 1,
    });
    expect(text).toContain('Sunday, 29 November 2026, 09:00 UTC (2026-11-29T09:00:00Z)');
    expect(others).toMatchObject([
      { to: 'mail', mail: { template: 'extended', to: { email: 'alice@acme.example' } } },
      { to: 'desk', notice: { level: 'info' } },
    ]);
  });

  test('of a week, and a second one, wait for a colleague', async () => {
    await delivered();
    const week = await talk.say('can we get another week?');
    expect(week.ticket).toMatchObject({
      extensionAskedHours: 168,
      expiresAt: new Date('2026-11-27T09:00:00Z'),
    });
    expect(week.text).toContain('A colleague decides about 7 days more');
    expect(week.text).toContain('nothing is deleted before');
    expect(week.others).toMatchObject([{ to: 'desk', notice: { level: 'action' } }]);
    await talk.say('24 hours more');
    expect(talk.ticket()).toMatchObject({ selfServiceExtensions: 1, extensionAskedHours: null });
    const second = await talk.say('24 more hours please');
    expect(second.ticket).toMatchObject({ selfServiceExtensions: 1, extensionAskedHours: 24 });
    expect(talk.deps.tickets.history(1).at(-1)).toMatchObject({ event: 'extension_asked' });
  });

  test('revives links that have expired, from now on', async () => {
    await expired();
    const dead = await talk.say('the links do not work any more');
    expect(dead.text).toContain('files are still there until Friday, 4 December 2026');
    const { ticket } = await talk.say('24 hours');
    expect(ticket).toMatchObject({
      status: 'delivered',
      expiresAt: addHours(talk.clock.now(), 24),
    });
  });

  test('of what is purged is no extension: it is offered to be built again', async () => {
    await purged();
    const dead = await talk.say('my download links have expired');
    expect(dead.text).toContain('files are deleted');
    const { ticket, text } = await talk.say('Yes');
    expect(ticket).toMatchObject({
      number: 1,
      status: 'awaiting_approval',
      purgedAt: null,
      exportId: null,
      approval: null,
      estimate: { parts: 3 },
    });
    expect(text).toContain('at the latest');
  });

  test('is nothing before there are links', async () => {
    await confirmed();
    const { text, ticket } = await talk.say('please extend the links by 48 hours');
    expect(text).toContain('begins only when you get the links');
    expect(ticket?.extensionAskedHours).toBeNull();
  });
});

describe('cancelling', () => {
  test('is asked once more, then ends the ticket, its links and its build', async () => {
    await delivered();
    const links = talk.deps.links.ensure(1, 'x1', [
      { name: 'a.zip', kind: 'part', sizeBytes: 1, sha256: '00' },
    ]);
    const asked = await talk.say('please cancel my request');
    expect(asked.text).toContain('Do you really want to cancel');
    expect(asked.ticket?.status).toBe('delivered');
    const kept = await talk.say('No');
    expect(kept.ticket?.status).toBe('delivered');
    await talk.say('cancel the export');
    const { ticket, others } = await talk.say('Yes');
    expect(ticket).toMatchObject({
      status: 'cancelled',
      reason: 'Alice Adams cancelled it in the chat.',
    });
    expect(talk.deps.links.find(links[0]?.id ?? '')?.revokedAt).toEqual(talk.clock.now());
    expect(talk.cancelled).toEqual(['x1']);
    expect(others.filter(({ to }) => to === 'mail')).toHaveLength(4);
  });

  test('has nothing to cancel without a request', async () => {
    expect((await talk.say('cancel my export')).text).toContain('no open request');
  });
});

describe('a human', () => {
  test('takes over with the last words; the bot stays silent until it is called back', async () => {
    await confirmed();
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
    expect(callBack(talk.deps, webThreadOf('alice@acme.example'))).toBe(true);
    expect(callBack(talk.deps, webThreadOf('alice@acme.example'))).toBe(false);
    expect(talk.heard().text).toContain('I am back');
    expect((await talk.say('status?')).text).toContain('with our team');
  });
});

describe('the question of the desk', () => {
  test('is answered by the next message, whatever it says', async () => {
    await confirmed();
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

describe('questions', () => {
  const cases: [says: string, hears: string][] = [
    ['what is included in the export?', 'ten CSV files'],
    ['how long are the links valid?', 'work until Friday, 27 November 2026, 09:00 UTC'],
    ["the zip file won't open", 'The Unarchiver'],
    ['which tool should I use to extract the files?', '7-Zip'],
    ['why are there so many duplicate resumes?', 'each job its candidate applied to'],
    ['we only got resumes, where are the fields?', 'ten CSV files'],
    ['some attachments are missing', 'missing.csv'],
    ['can you migrate our data to our new account?', 'cannot be moved directly'],
    ['do unpaid invoices hold this up?', 'All invoices of your account are paid'],
    ['can we get temporary access for 48 hours?', 'colleague decides'],
    ['the links are not working', 'still work'],
    ['how long does it take?', 'delivered'],
    ['what is included, and how long are the links valid?', 'ten CSV files'],
    ['what is included, and how long are the links valid?', 'work until'],
  ];
  test.each(cases)('%s', async (says, hears) => {
    await delivered();
    const { text } = await talk.say(says);
    expect(text).toContain(hears);
  });

  test('are answered to somebody who has no request', async () => {
    expect((await talk.say('how long does an export take?')).text).toContain(
      '3 to 7 business days',
    );
    expect((await talk.say('what is included?')).text).toContain('three parts');
  });
});

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
    await confirmed();
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
