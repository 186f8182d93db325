import { afterEach, beforeEach, expect, test } from 'vitest';
import { amend } from '../../src/domain/ticket.ts';
import { nudgeDue } from '../../src/flow/nudge.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

test('the desk is reminded of a decision after a day, once a day, and the customer reads nothing', async () => {
  const { number } = world.asked();
  world.clock.jump(24);
  expect(await nudgeDue(world)).toBe(0);
  const nudgedAt: number[] = [];
  for (let hour = 24; hour < 80; hour++) {
    if ((await nudgeDue(world)) > 0) nudgedAt.push(hour);
    world.clock.jump(1);
  }
  expect(nudgedAt).toEqual([25, 49, 73]);
  expect(await world.told()).toEqual([]);
  expect(world.desk.notices()).toHaveLength(3);
  expect(world.desk.notices()[0]).toEqual({
    level: 'action',
    text: 'Still open after 25 hours: waits for approval.',
  });
  expect(world.events(number)).toEqual(['nudge', 'nudge', 'nudge']);
});

test('also of an extension that was asked for, counted from the asking', async () => {
  const { ticket } = await world.delivered();
  world.clock.jump(48);
  const step = amend(
    ticket,
    'extension_asked',
    { now: world.clock.now(), actor: 'customer:alice@acme.example' },
    { extensionAskedHours: 100 },
  );
  world.tickets.commit({ ticket: step, history: [step.entry] }, world.clock.now());
  world.clock.jump(23);
  expect(await nudgeDue(world)).toBe(0);
  world.clock.jump(2);
  expect(await nudgeDue(world)).toBe(1);
  await world.dispatcher.drain();
  expect(world.desk.notices()).toMatchObject([{ text: expect.stringContaining('extension') }]);
});

test('each ticket has its own day', async () => {
  for (let n = 0; n < 5; n++) world.asked();
  world.clock.jump(12);
  for (let n = 0; n < 3; n++) world.asked();
  world.clock.jump(13);
  expect(await nudgeDue(world)).toBe(5);
  world.clock.jump(12);
  expect(await nudgeDue(world)).toBe(3);
});

test('nobody is reminded of what waits for the customer or is over', async () => {
  for (const status of ['collecting', 'on_hold', 'building', 'cancelled', 'rejected'] as const) {
    world.open({ status });
  }
  world.clock.jump(5 * 24);
  expect(await nudgeDue(world)).toBe(0);
});
