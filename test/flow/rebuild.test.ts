import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asApproved } from '../../src/domain/approval.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import { STATUSES, TRANSITIONS } from '../../src/domain/ticket.ts';
import { approve } from '../../src/flow/decide.ts';
import { expireDue } from '../../src/flow/expire.ts';
import { purgeDue } from '../../src/flow/purge.ts';
import { rebuild } from '../../src/flow/rebuild.ts';
import { type LifeWorld, lifeWorld, START } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

const click = (number: number, version = 1) => ({ number, version, agent: 'Ben' });

test('a failed build is tried again with the approval that it had', async () => {
  const approval = { by: 'Ann', at: START.toISOString(), options: DEFAULT_OPTIONS };
  const { number } = world.open({ status: 'failed', approval, reason: 'The disk is full.' });
  const done = await rebuild(world, click(number));
  expect(done).toMatchObject({ ok: true, ticket: { status: 'approved', approval, reason: null } });
  expect(world.events(number)).toEqual(['retry']);
  const second = await rebuild(world, click(number));
  expect(second).toMatchObject({
    reason: expect.stringContaining('Ben let it be built again on Monday'),
  });
  expect(await world.told()).toHaveLength(1);
});

describe('a delivered export', () => {
  test('is built anew with a new approval and promise; the links that there are stay', async () => {
    const { ticket, exportId } = await world.delivered({
      promisedAt: addHours(START, -24),
      delayToldAt: START,
    });
    const done = await rebuild(world, click(ticket.number));
    expect(done).toMatchObject({
      ok: true,
      ticket: {
        status: 'approved',
        approval: { by: 'Ben', options: ticket.options },
        promisedAt: new Date('2026-03-11T10:00:00Z'),
        delayToldAt: null,
        expiresAt: ticket.expiresAt,
        exportId,
      },
    });
    expect(() => asApproved(world.find(ticket.number))).not.toThrow();
    expect(world.links.ofExport(exportId).every(({ revokedAt }) => revokedAt === null)).toBe(true);
    expect(await purgeDue(world)).toBe(0);
  });

  test('is not built anew by its requester, or while invoices are open', async () => {
    const { ticket } = await world.delivered();
    const own = { number: ticket.number, version: 1, agent: 'alice@acme.example' };
    expect(await rebuild(world, own)).toMatchObject({ ok: false });
    world.ats.invoices = [{ number: 'I', amount: '1', currency: 'EUR', dueOn: '2026-01-01' }];
    expect(await rebuild(world, click(ticket.number))).toMatchObject({
      reason: expect.stringContaining('open invoices'),
    });
    expect(world.find(ticket.number)).toEqual(ticket);
  });
});

test('what was purged waits for approval again, as if it were new', async () => {
  const { ticket } = await world.delivered();
  world.clock.jump(7 * 24);
  await expireDue(world);
  world.clock.jump(7 * 24);
  await purgeDue(world);
  const { version } = world.find(ticket.number);
  const done = await rebuild(world, click(ticket.number, version));
  expect(done).toMatchObject({
    ok: true,
    ticket: {
      status: 'awaiting_approval',
      approval: null,
      exportId: null,
      expiresAt: null,
      purgedAt: null,
      deliveredAt: null,
    },
  });
  const approved = await approve(world, click(ticket.number, version + 1));
  expect(approved).toMatchObject({ ok: true, ticket: { status: 'approved' } });
  expect(await purgeDue(world)).toBe(0);
});

test('what is being purged is not built anew before its bytes are gone', async () => {
  const { number } = world.open({ status: 'purged', exportId: 'acme-x', purgedAt: null });
  expect(await rebuild(world, click(number))).toMatchObject({
    reason: expect.stringContaining('being deleted right now'),
  });
});

test.each(STATUSES)('of a ticket that is %s: allowed by the table only', async (status) => {
  const approval = { by: 'Ann', at: START.toISOString(), options: DEFAULT_OPTIONS };
  const { number } = world.open({ status, purgedAt: START, approval });
  const done = await rebuild(world, click(number));
  expect(done.ok).toBe('rebuild' in TRANSITIONS[status] || 'retry' in TRANSITIONS[status]);
});
