import { afterEach, beforeEach, expect, test } from 'vitest';
import { expireDue } from '../../src/flow/expire.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

test('ends the windows that are over, once, and says until when they can be revived', async () => {
  const { ticket } = await world.delivered();
  world.clock.jump(7 * 24 - 0.01);
  expect(await expireDue(world)).toBe(0);
  world.clock.jump(0.01);
  expect(await expireDue(world)).toBe(1);
  expect(await expireDue(world)).toBe(0);
  expect(world.find(ticket.number).status).toBe('expired');
  const told = await world.told();
  expect(told).toEqual([
    expect.stringContaining('Monday, 16 March 2026, 10:00 UTC (2026-03-16T10:00:00Z)'),
  ]);
  expect(world.mailer.mails).toMatchObject([
    { subject: 'expired', to: { email: 'alice@acme.example' } },
  ]);
  expect(world.tickets.history(ticket.number)).toMatchObject([{ actor: 'clock', event: 'expire' }]);
});

test('ends many at once', async () => {
  const tickets = Array.from({ length: 30 }, () =>
    world.open({ status: 'delivered', expiresAt: world.clock.now() }),
  );
  expect(await expireDue(world)).toBe(30);
  expect(tickets.every(({ number }) => world.find(number).status === 'expired')).toBe(true);
});
