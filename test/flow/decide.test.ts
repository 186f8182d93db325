import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { approve, reject } from '../../src/flow/decide.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

const invoice = { number: 'INV-7', amount: '120.00', currency: 'EUR', dueOn: '2026-03-01' };

describe('approve', () => {
  test('stores who approved what, tells the customer the promised day, and shows the desk', async () => {
    const ticket = world.asked();
    const click = { number: ticket.number, version: ticket.version, agent: 'Ann' };
    const done = await approve(world, click);
    expect(done).toMatchObject({ ok: true, ticket: { status: 'approved' } });
    expect(world.find(ticket.number).approval).toEqual({
      by: 'Ann',
      at: '2026-03-02T10:00:00.000Z',
      options: ticket.options,
    });
    expect(await world.told()).toEqual([expect.stringContaining('Wednesday, 11 March 2026')]);
    expect(world.desk.shown).toMatchObject([
      { ticket: { status: 'approved' }, notice: { text: 'Approved by Ann.' } },
    ]);
    expect(world.events(ticket.number)).toEqual(['approve']);
  });

  test('a second click changes nothing and says who was first and when', async () => {
    const ticket = world.asked();
    const click = { number: ticket.number, version: ticket.version };
    await approve(world, { ...click, agent: 'Ann' });
    const before = world.find(ticket.number);
    world.clock.jump(1);
    const second = await approve(world, { ...click, agent: 'Ben' });
    expect(second).toEqual({
      ok: false,
      reason:
        'Nothing was changed, because this ticket is approved: Ann approved on Monday, 2 March 2026, 10:00 UTC.',
    });
    expect(world.find(ticket.number)).toEqual(before);
    expect(await world.told()).toHaveLength(1);
  });

  test('of two clicks at the same moment one wins', async () => {
    const ticket = world.asked();
    const click = { number: ticket.number, version: ticket.version };
    const both = await Promise.all([
      approve(world, { ...click, agent: 'Ann' }),
      approve(world, { ...click, agent: 'Ben' }),
      reject(world, { ...click, agent: 'Cid' }, 'No.'),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.filter(({ ok }) => !ok)).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('Cid rejected') }),
      expect.objectContaining({ reason: expect.stringContaining('Cid rejected') }),
    ]);
    expect(world.events(ticket.number)).toEqual(['reject']);
  });

  test('on a ticket that has changed since it was opened asks to look again', async () => {
    const ticket = world.asked();
    const step = {
      before: ticket,
      after: { ...ticket, options: { ...ticket.options, windowDays: 3 } },
    };
    const entry = { at: world.clock.now(), actor: 'desk:Ben', event: 'change_options', detail: {} };
    world.tickets.commit({ ticket: step, history: [entry] }, world.clock.now());
    const done = await approve(world, { number: ticket.number, version: 1, agent: 'Ann' });
    expect(done).toMatchObject({
      ok: false,
      reason: expect.stringMatching(
        /^This ticket has changed since you opened it: Ben .* on Monday.*; look again\.$/,
      ),
    });
    const unseen = await approve(world, { number: ticket.number, version: null, agent: 'Ann' });
    expect(unseen.ok).toBe(true);
  });

  test('refuses the requester', async () => {
    const ticket = world.asked();
    const done = await approve(world, {
      number: ticket.number,
      version: ticket.version,
      agent: ' ALICE@acme.example',
    });
    expect(done).toMatchObject({ ok: false, reason: expect.stringContaining('somebody else') });
    expect(world.find(ticket.number).status).toBe('awaiting_approval');
  });

  test('holds the ticket when there are open invoices again', async () => {
    const checks = [{ name: 'invoices', ok: true, text: 'All paid.' }] as const;
    const ticket = world.asked({ checks: [...checks] });
    world.ats.invoices = [invoice];
    const done = await approve(world, { number: ticket.number, version: 1, agent: 'Ann' });
    expect(done).toMatchObject({ ok: false, reason: expect.stringContaining('INV-7') });
    const held = world.find(ticket.number);
    expect(held).toMatchObject({ status: 'on_hold', approval: null, promisedAt: null });
    expect(held.checks).toMatchObject([{ name: 'invoices', ok: false }]);
    expect(await world.told()).toEqual([expect.stringContaining('120.00 EUR')]);
  });

  test.each([
    ['is unknown', [], 'does not know'],
    [
      'was closed too long ago',
      [{ id: 'acme', name: 'Acme', state: 'closed', closedAt: '2025-01-01T00:00:00Z' }],
      'was kept until Tuesday, 1 April 2025',
    ],
  ] as const)('refuses when the account %s', async (_name, accounts, reason) => {
    const ticket = world.asked();
    world.ats.accounts = [...accounts];
    const done = await approve(world, { number: ticket.number, version: 1, agent: 'Ann' });
    expect(done).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect(world.find(ticket.number)).toEqual(ticket);
  });

  test('refuses when the requester may no longer ask', async () => {
    const ticket = world.asked();
    world.ats.people = [];
    const done = await approve(world, { number: ticket.number, version: 1, agent: 'Ann' });
    expect(done).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no longer an admin'),
    });
  });

  test('refuses when the ATS does not answer', async () => {
    const ticket = world.asked();
    world.ats.down = new Error('ECONNREFUSED 10.0.0.1');
    const done = await approve(world, { number: ticket.number, version: 1, agent: 'Ann' });
    expect(done).toEqual({
      ok: false,
      reason:
        'The ATS did not answer, so invoices and account could not be checked; try again in a minute.',
    });
  });

  test('of an unknown ticket says so', async () => {
    const done = await approve(world, { number: 99, version: 1, agent: 'Ann' });
    expect(done).toMatchObject({ ok: false, reason: expect.stringContaining('no ticket 99') });
  });
});

describe('reject', () => {
  test('gives the customer the reason and ends the ticket', async () => {
    const ticket = world.asked();
    const done = await reject(
      world,
      { number: ticket.number, version: 1, agent: 'Ann' },
      '  The contract has ended. ',
    );
    expect(done).toMatchObject({
      ok: true,
      ticket: { status: 'rejected', reason: 'The contract has ended.' },
    });
    expect(await world.told()).toEqual([expect.stringContaining('The contract has ended.')]);
  });

  test.each(['', '   ', 'x'.repeat(2001)])('needs a reason that can be shown', async (reason) => {
    const ticket = world.asked();
    const click = { number: ticket.number, version: 1, agent: 'Ann' };
    expect(await reject(world, click, reason)).toMatchObject({ ok: false });
    expect(world.find(ticket.number)).toEqual(ticket);
  });
});
