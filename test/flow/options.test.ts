import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import { STATUSES } from '../../src/domain/ticket.ts';
import { changeOptions } from '../../src/flow/options.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

const click = (number: number) => ({ number, version: 1, agent: 'Ann' });

test('the customer reads what the export will be now, with the new day and estimate', async () => {
  const ticket = world.asked();
  const wanted = { ...DEFAULT_OPTIONS, jobs: ['j2'] };
  const done = await changeOptions(world, click(ticket.number), wanted);
  expect(done).toMatchObject({
    ok: true,
    ticket: { options: wanted, status: 'awaiting_approval' },
  });
  const changed = world.find(ticket.number);
  expect(changed.estimate).toMatchObject({ files: 0, parts: 3 });
  expect(changed.promisedAt).toEqual(new Date('2026-03-23T10:00:00Z'));
  const [text] = await world.told();
  expect(text).toContain('• Jobs: Baker');
  expect(text).toContain('Monday, 23 March 2026');
});

test('a smaller ZIP changes no promise', async () => {
  const ticket = world.asked();
  const wanted = { ...DEFAULT_OPTIONS, partSizeBytes: 5_000_000 };
  await changeOptions(world, click(ticket.number), wanted);
  expect(world.find(ticket.number).promisedAt).toEqual(ticket.promisedAt);
});

test.each(STATUSES)(
  'of a ticket that is %s they change, or the agent hears why not',
  async (status) => {
    const { number } = world.open({ status });
    const wanted = { ...DEFAULT_OPTIONS, windowDays: 3 };
    const done = await changeOptions(world, click(number), wanted);
    const may = ['collecting', 'on_hold', 'awaiting_approval'].includes(status);
    expect(done.ok).toBe(may);
    expect(world.find(number).options.windowDays).toBe(may ? 3 : 7);
  },
);

test('what cannot be, what is so already and what cannot be checked changes nothing', async () => {
  const ticket = world.asked();
  const to = (wanted: object) =>
    changeOptions(world, click(ticket.number), { ...DEFAULT_OPTIONS, ...wanted });
  expect(await to({ jobs: ['x9'] })).toMatchObject({ reason: expect.stringContaining('"x9"') });
  expect(await to({ sections: ['cvs', 'data', 'attachments'] })).toMatchObject({
    reason: expect.stringContaining('these options already'),
  });
  world.ats.down = new Error('down');
  expect(await to({ windowDays: 3 })).toMatchObject({
    reason: expect.stringContaining('did not answer'),
  });
  expect(world.find(ticket.number)).toEqual(ticket);
  expect(await world.told()).toEqual([]);
});

test('of two agents at the same moment one wins', async () => {
  const ticket = world.asked();
  const both = await Promise.all([
    changeOptions(world, click(ticket.number), { ...DEFAULT_OPTIONS, windowDays: 3 }),
    changeOptions(world, click(ticket.number), { ...DEFAULT_OPTIONS, windowDays: 4 }),
  ]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await world.told()).toHaveLength(1);
});
