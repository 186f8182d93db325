import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { type Dialogue, startDialogue } from '../support/dialogue.ts';

let talk: Dialogue;
const DELIVERED = ['approve', 'build', 'deliver'] as const;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

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
    await talk.confirmed();
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
    await talk.confirmed();
    const { text } = await talk.say('status?', 'gina@globex.example');
    expect(text).toContain('no export request of yours');
  });

  test('the desk hears when somebody asks after the promised day', async () => {
    await talk.confirmed();
    talk.clock.jump(24 * 20);
    const { text, others } = await talk.say('when will it be ready?');
    expect(text).toContain('sorry for the delay');
    expect(others).toMatchObject([{ to: 'desk', notice: { level: 'action' } }]);
  });
});

describe('cancelling', () => {
  test('is asked once more, then ends the ticket, its links and its build', async () => {
    await talk.delivered();
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
    ['What is included? And how long are the links valid?', 'ten CSV files'],
    ['What is included? And how long are the links valid?', 'work until'],
  ];
  test.each(cases)('%s', async (says, hears) => {
    await talk.delivered();
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
