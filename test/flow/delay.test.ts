import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { delayDue } from '../../src/flow/delay.ts';
import { type LifeWorld, lifeWorld, START } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

test('the customer is told honestly, once for each promise, and the desk is alarmed', async () => {
  const { number } = world.asked({ promisedAt: addHours(START, 48) });
  world.clock.jump(36);
  expect(await delayDue(world)).toBe(0);
  world.clock.jump(1);
  expect(await delayDue(world)).toBe(1);
  expect(await delayDue(world)).toBe(0);
  expect(await world.told()).toEqual([
    expect.stringContaining('by Wednesday, 4 March 2026, but it will probably take longer'),
  ]);
  expect(world.mailer.mails).toMatchObject([{ subject: 'delayed' }]);
  expect(world.desk.notices()).toMatchObject([{ level: 'alarm' }]);
  const before = world.find(number);
  const promisedAt = addHours(START, 100);
  const now = world.clock.now();
  world.tickets.commit(
    { ticket: { before, after: { ...before, promisedAt, delayToldAt: null } } },
    now,
  );
  world.clock.jump(70);
  expect(await delayDue(world)).toBe(1);
});

test('a promise whose day has passed is not said to be kept yet', async () => {
  world.asked({ status: 'building', promisedAt: addHours(START, 48) });
  world.clock.jump(72);
  await delayDue(world);
  expect(await world.told()).toEqual([expect.stringContaining('but it is not ready yet')]);
});

test('what is delivered, over or on hold for the customer breaks no promise', async () => {
  for (const status of ['delivered', 'expired', 'on_hold', 'collecting', 'cancelled'] as const) {
    world.open({ status, promisedAt: START });
  }
  world.clock.jump(1);
  expect(await delayDue(world)).toBe(0);
});
