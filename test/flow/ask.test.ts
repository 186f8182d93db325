import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask } from '../../src/flow/ask.ts';
import { resend } from '../../src/flow/resend.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

test('a question goes to the thread, and the next message is its answer', async () => {
  const ticket = world.asked();
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  expect(await ask(world, click, ' Which jobs? ')).toMatchObject({ ok: true });
  expect(await world.told()).toEqual([expect.stringContaining('\nWhich jobs?\n')]);
  expect(world.tickets.conversation(ticket.thread)).toMatchObject({
    email: 'alice@acme.example',
    awaiting: { what: 'answer', ticketNumber: ticket.number },
  });
  expect(world.tickets.history(ticket.number)).toMatchObject([
    { actor: 'desk:Ann', event: 'ask', detail: { question: 'Which jobs?' } },
  ]);
  expect(world.find(ticket.number).status).toBe('awaiting_approval');
});

test('a double click asks once', async () => {
  const ticket = world.asked();
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  await ask(world, click, 'Which jobs?');
  expect(await ask(world, click, 'Which jobs?')).toMatchObject({
    ok: false,
    reason: expect.stringContaining('has changed since you opened it: Ann asked the customer'),
  });
  expect(await world.told()).toHaveLength(1);
});

test.each(['', ' ', 'x'.repeat(2001)])('an empty or endless question is refused', async (text) => {
  const ticket = world.asked();
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  expect(await ask(world, click, text)).toMatchObject({ ok: false });
});

test('nobody is asked about what is over', async () => {
  const ticket = world.open({ status: 'cancelled' });
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  expect(await ask(world, click, 'Why?')).toMatchObject({ ok: false });
  expect(await world.told()).toEqual([]);
});

test('the links CSV is posted once more while its links work, once for each click', async () => {
  const { ticket } = await world.delivered();
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  expect((await resend(world, click)).ok).toBe(true);
  expect((await resend(world, click)).ok).toBe(false);
  await world.told();
  expect(world.thread.sent).toMatchObject([{ file: { fileName: 'links.csv' } }]);
  expect(world.thread.sent[0]?.text).toContain('2026-03-09T10:00:00Z');
});

test('links that have ended are not posted', async () => {
  const { ticket } = await world.delivered();
  world.clock.jump(7 * 24);
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  expect(await resend(world, click)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('extend them first'),
  });
  const early = world.asked();
  expect(await resend(world, { ...click, number: early.number })).toMatchObject({ ok: false });
  expect(await world.told()).toEqual([]);
});
