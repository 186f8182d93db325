import { afterEach, beforeEach, expect, test } from 'vitest';
import { newConversation } from '../../src/domain/conversation.ts';
import { lapseDue } from '../../src/flow/lapse.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

test.each([
  ['collecting', 7, 'cancelled', 'no answer from you for 7 days'],
  ['on_hold', 60, 'cancelled', 'on hold for 60 days'],
  ['awaiting_approval', 30, 'cancelled', 'our fault'],
  ['approved', 7, 'failed', 'got stuck'],
  ['building', 7, 'failed', 'got stuck'],
  ['failed', 14, 'cancelled', 'our fault'],
] as const)('%s ends after %i days as %s, with a word to the customer', async (...row) => {
  const [status, days, end, words] = row;
  const { number } = world.open({ status });
  world.clock.jump(days * 24 - 1);
  expect(await lapseDue(world)).toBe(0);
  world.clock.jump(1);
  expect(await lapseDue(world)).toBe(1);
  expect(await lapseDue(world)).toBe(0);
  expect(world.find(number)).toMatchObject({
    status: end,
    reason: expect.stringContaining('days'),
  });
  expect(await world.told()).toEqual([expect.stringContaining(words)]);
  expect(world.desk.notices()).toMatchObject([{ level: end === 'failed' ? 'alarm' : 'info' }]);
});

test('a build that gets on does not lapse; one that is stuck is stopped', async () => {
  const { number } = world.open({ status: 'building', exportId: 'acme-x' });
  world.exports.start({ id: 'acme-x', ticketNumber: number }, world.clock.now());
  const none = { done: 0, total: 1 };
  world.clock.jump(6 * 24);
  world.exports.progress('acme-x', { parts: none, files: none, bytes: none }, world.clock.now());
  world.clock.jump(2 * 24);
  expect(await lapseDue(world)).toBe(0);
  world.clock.jump(5 * 24);
  expect(await lapseDue(world)).toBe(1);
  expect(world.queue.cancelled).toEqual(['acme-x']);
  expect(world.exports.find('acme-x')?.status).toBe('failed');
});

test('a yes that comes after the end finds nothing that waits for it', async () => {
  const ticket = world.open();
  const awaiting = { what: 'confirmation', ticketNumber: ticket.number } as const;
  const conversation = { ...newConversation(ticket.thread, ticket.requester.email), awaiting };
  world.tickets.commit({ conversation }, world.clock.now());
  world.clock.jump(7 * 24);
  await lapseDue(world);
  expect(world.tickets.conversation(ticket.thread)?.awaiting).toBeNull();
});

test('what has ended or is delivered is left alone', async () => {
  for (const status of ['delivered', 'expired', 'purged', 'rejected', 'cancelled'] as const) {
    world.open({ status });
  }
  world.clock.jump(365 * 24);
  expect(await lapseDue(world)).toBe(0);
});
