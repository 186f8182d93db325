import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STATUSES, TRANSITIONS } from '../../src/domain/ticket.ts';
import { expireDue } from '../../src/flow/expire.ts';
import { extend } from '../../src/flow/extend.ts';
import { type LifeWorld, lifeWorld, START } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

const click = (number: number, version = 1) => ({ number, version, agent: 'Ann' });

test('moves the end of the same links, and tells the customer', async () => {
  const { ticket, exportId } = await world.delivered({ extensionAskedHours: 72, warnedHours: 24 });
  const before = world.links.ofExport(exportId);
  const done = await extend(world, click(ticket.number), 72);
  expect(done).toMatchObject({
    ok: true,
    ticket: {
      status: 'delivered',
      expiresAt: addHours(START, 7 * 24 + 72),
      extensionAskedHours: null,
      warnedHours: null,
      selfServiceExtensions: 0,
    },
  });
  expect(world.links.ofExport(exportId)).toEqual(before);
  expect(await world.told()).toEqual([expect.stringContaining('2026-03-12T10:00:00Z')]);
  expect(world.mailer.mails).toMatchObject([{ subject: 'extended' }]);
});

test('revives links that have ended, counted from now', async () => {
  const { ticket } = await world.delivered();
  world.clock.jump(8 * 24);
  await expireDue(world);
  const done = await extend(world, click(ticket.number, 2), 24);
  expect(done).toMatchObject({
    ok: true,
    ticket: { status: 'delivered', expiresAt: addHours(START, 9 * 24) },
  });
});

test('a double click extends once', async () => {
  const { ticket } = await world.delivered();
  await extend(world, click(ticket.number), 24);
  const second = await extend(world, click(ticket.number), 24);
  expect(second).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Ann moved the end of the links on Monday'),
  });
  expect(world.find(ticket.number).expiresAt).toEqual(addHours(START, 8 * 24));
});

test('0 refuses what was asked for, with a kind word, once', async () => {
  const { ticket } = await world.delivered({ extensionAskedHours: 100 });
  const done = await extend(world, click(ticket.number), 0);
  expect(done).toMatchObject({ ok: true, ticket: { extensionAskedHours: null } });
  expect(world.find(ticket.number).expiresAt).toEqual(ticket.expiresAt);
  expect(await world.told()).toEqual([expect.stringContaining('I am sorry')]);
  expect(await extend(world, click(ticket.number, 2), 0)).toEqual({
    ok: false,
    reason:
      'Nothing was changed, because nobody is asking for an extension: Ann refused the extension on Monday, 2 March 2026, 10:00 UTC.',
  });
});

test.each([-1, 0.5, Number.NaN, 553, Number.POSITIVE_INFINITY])(
  '%d hours are refused, with the most that can be given',
  async (hours) => {
    const { ticket } = await world.delivered();
    expect(await extend(world, click(ticket.number), hours)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('from 1 to 552'),
    });
    expect(world.find(ticket.number)).toEqual(ticket);
  },
);

test('a window that is as long as can be is not made longer', async () => {
  const { ticket } = await world.delivered({ expiresAt: addHours(START, 30 * 24) });
  expect(await extend(world, click(ticket.number), 1)).toMatchObject({
    reason: expect.stringContaining('as long as is allowed already'),
  });
});

test.each(STATUSES)('of a ticket that is %s: allowed by the table only', async (status) => {
  const { number } = world.open({ status, expiresAt: addHours(START, 5) });
  const done = await extend(world, click(number), 5);
  expect(done.ok).toBe('extend' in TRANSITIONS[status]);
});
