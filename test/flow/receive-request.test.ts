import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { invoicesCleared, settleHolds } from '../../src/flow/settle-holds.ts';
import { type Dialogue, startDialogue, startDialogueOnOwnSample } from '../support/dialogue.ts';

let talk: Dialogue;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

test('a yes tells the desk, and every admin by mail', async () => {
  await talk.say('I need a data dump');
  const { others, ticket } = await talk.say('yes');
  expect(ticket).toMatchObject({
    status: 'awaiting_approval',
    confirmedAt: talk.clock.now(),
    promisedAt: new Date('2026-12-01T09:00:00Z'),
    checks: [
      { name: 'requester', ok: true },
      { name: 'invoices', ok: true },
      { name: 'account', ok: true },
      { name: 'recent_exports', ok: true },
    ],
  });
  const totals = await talk.deps.source.totals('acme', { jobs: null, from: null, to: null });
  const files = Object.values(totals.files).flatMap((jobs) => Object.values(jobs));
  expect(ticket?.estimate?.files).toBe(files.reduce((sum, { count }) => sum + count, 0));
  expect(ticket?.estimate).toMatchObject({ parts: 3, seconds: 1 });
  const mails = others.flatMap((one) => (one.to === 'mail' ? [one.mail] : []));
  expect(mails.map(({ template, to }) => `${template} ${to.email}`).sort()).toEqual([
    'requested alice@acme.example',
    'requested arthur@acme.example',
    'requested bob@acme.example',
    'requested casey@consulting.example',
  ]);
  expect(others).toContainEqual({
    to: 'desk',
    notice: { level: 'action', text: expect.stringContaining('Please approve or reject it.') },
  });
  const history = talk.deps.tickets.history(ticket?.number ?? 0);
  expect(history.map(({ actor, event }) => `${actor} ${event}`)).toEqual([
    'customer:alice@acme.example open',
    'customer:alice@acme.example confirm',
  ]);
});

test('an estimate that fails holds up nothing', async () => {
  talk.deps.source.totals = async () => {
    throw new Error('no such table');
  };
  await talk.say('I need a data dump');
  const { ticket } = await talk.say('yes');
  expect(ticket).toMatchObject({ status: 'awaiting_approval', estimate: null });
});

describe('unpaid invoices', () => {
  const gina = 'gina@globex.example';
  beforeEach(async () => {
    talk = await startDialogueOnOwnSample();
  });
  const pay = "update invoices set paid_on = '2026-11-20' where account_id = 'globex'";

  test('hold a request that is confirmed meanwhile, until they are paid', async () => {
    const asked = await talk.say('I need a full data dump', gina);
    expect(asked.ticket).toMatchObject({ status: 'on_hold' });
    expect(asked.text).toContain('INV-2041: 1,249.00 USD, due on');
    expect(asked.text).toContain('goes on by itself');
    const yes = await talk.say('yes', gina);
    expect(yes.text).toContain('as soon as the invoices are paid');
    expect(yes.ticket).toMatchObject({ status: 'on_hold', confirmedAt: talk.clock.now() });
    await settleHolds(talk.deps);
    expect(talk.ticket(gina)?.status).toBe('on_hold');
    const status = await talk.say('what about my request?', gina);
    expect(status.text).not.toContain('undefined');
    talk.changeAts(pay);
    talk.clock.jump(24);
    await settleHolds(talk.deps);
    const went = talk.heard(gina);
    expect(went.text).toContain('all invoices are paid');
    expect(went.ticket).toMatchObject({
      status: 'awaiting_approval',
      promisedAt: new Date('2026-12-01T09:00:00Z'),
    });
    expect(went.ticket?.checks.find(({ name }) => name === 'invoices')?.ok).toBe(true);
    expect(went.others).toMatchObject([{ to: 'desk', notice: { level: 'action' } }]);
    await settleHolds(talk.deps);
    expect(talk.heard(gina).text).toBe('');
    if (!went.ticket) throw new Error('no ticket');
    expect(await invoicesCleared(talk.deps, went.ticket)).toBe(false);
  });

  test('once paid, ask for the yes that is still owed', async () => {
    await talk.say('I need a full data dump, only the resumes', gina);
    talk.changeAts(pay);
    await settleHolds(talk.deps);
    const asked = talk.heard(gina);
    expect(asked.ticket).toMatchObject({ status: 'collecting', options: { sections: ['cvs'] } });
    expect(asked.text).toContain('Shall I go ahead?');
    const yes = await talk.say('yes', gina);
    expect(yes.ticket?.status).toBe('awaiting_approval');
  });

  test('that came up after the request hold it at the yes', async () => {
    await talk.say('I need a data dump');
    talk.changeAts(
      "insert into invoices (account_id, number, amount, currency, due_on) values ('acme', 'INV-9', '10.00', 'EUR', '2026-11-01')",
    );
    const yes = await talk.say('yes');
    expect(yes.ticket).toMatchObject({ status: 'on_hold', confirmedAt: talk.clock.now() });
    expect(yes.text).toContain('INV-9: 10.00 EUR, due on Sunday, 1 November 2026');
  });

  test('that cannot be looked up hold up no other account', async () => {
    await talk.say('I need a full data dump', gina);
    talk.deps.ats.unpaidInvoices = async () => {
      throw new Error('down');
    };
    await settleHolds(talk.deps);
    expect(talk.log.texts('warn')).toEqual(['invoices not looked up']);
  });
});

describe('a second request', () => {
  test('joins the open one, in the same thread', async () => {
    await talk.say('I need a data dump');
    await talk.say('yes');
    const again = await talk.say('please send us a full data dump, only the resumes');
    expect(again.text).toContain('You have already asked');
    expect(again.text).toContain('request 1');
    expect(again.text).toContain('with our team');
    expect(talk.deps.tickets.list({})).toHaveLength(1);
    expect(talk.deps.tickets.history(1).at(-1)).toMatchObject({ event: 'joined' });
    expect(again.others).toMatchObject([{ to: 'desk', notice: { level: 'action' } }]);
  });

  test('of another admin joins and is told who asked; a yes there counts, and the first thread hears of it', async () => {
    const arthur = 'arthur@acme.example';
    await talk.say('I need a data dump');
    const joined = await talk.say('I need a data dump', arthur);
    expect(joined.text).toContain('Alice Adams has already asked');
    expect(joined.text).not.toContain('alice@acme.example');
    expect(joined.ticket).toBeNull();
    const yes = await talk.say('yes', arthur);
    expect(yes.text).toContain('number 1');
    expect(talk.ticket()).toMatchObject({
      status: 'awaiting_approval',
      requester: { email: 'alice@acme.example' },
    });
    expect(yes.text).toContain('posted in the chat with Alice Adams');
    expect(yes.others.filter(({ to }) => to === 'thread')).toHaveLength(1);
  });

  test('of two at the same moment opens one ticket', async () => {
    await Promise.all([
      talk.say('I need a data dump'),
      talk.say('I need a data dump', 'bob@acme.example'),
    ]);
    expect(talk.deps.tickets.list({})).toHaveLength(1);
  });
});
