import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extend } from '../../src/flow/extend.ts';
import { remindDue } from '../../src/flow/remind.ts';
import { type LifeWorld, lifeWorld, START } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

describe('warnings', () => {
  test('come 72, 24 and 6 hours before the end, once each', async () => {
    const { ticket } = await world.delivered();
    const warnedAt: number[] = [];
    for (let hour = 0; hour <= 7 * 24; hour++) {
      if ((await remindDue(world)) > 0) warnedAt.push(7 * 24 - hour);
      await remindDue(world);
      world.clock.jump(1);
    }
    expect(warnedAt).toEqual([72, 24, 6]);
    expect(await world.told()).toHaveLength(3);
    expect(world.mailer.mails.map(({ subject }) => subject)).toEqual(Array(6).fill('warning'));
    expect(world.find(ticket.number).warnedHours).toBe(6);
  });

  test('say what is left, counting what was fetched in pieces', async () => {
    const { links } = await world.delivered({}, [1000, 2000, 3000]);
    const [first, second] = links;
    if (!first || !second) throw new Error('no links');
    world.download(first);
    world.download(second, 0, 500);
    world.download(second, 400, 600);
    world.clock.jump(4 * 24);
    await remindDue(world);
    const [text] = await world.told();
    expect(text).toContain('Not downloaded yet: 2 of 3 files, 4.0 kB.');
    expect(text).toContain('work for 3 days more');
    expect(text).toContain('Monday, 9 March 2026, 10:00 UTC (2026-03-09T10:00:00Z)');
    expect(world.thread.sent[0]?.choices).toHaveLength(1);
  });

  test('after downtime only the most urgent one', async () => {
    const { ticket } = await world.delivered();
    world.clock.jump(7 * 24 - 5);
    expect(await remindDue(world)).toBe(1);
    expect(await remindDue(world)).toBe(0);
    expect(world.find(ticket.number).warnedHours).toBe(6);
    expect(await world.told()).toEqual([expect.stringContaining('work for 5 hours more')]);
  });

  test('none after the end', async () => {
    await world.delivered();
    world.clock.jump(7 * 24);
    expect(await remindDue(world)).toBe(0);
  });

  test('none right after the delivery of a short window, and none right after an extension', async () => {
    await world.delivered({ expiresAt: addHours(START, 24) });
    expect(await remindDue(world)).toBe(0);
    world.clock.jump(18);
    expect(await remindDue(world)).toBe(1);
    const { ticket } = await world.delivered({ expiresAt: addHours(START, 20) });
    const click = { number: ticket.number, version: null, agent: 'Ann' };
    await extend(world, click, 48);
    expect(await remindDue(world)).toBe(0);
    world.clock.jump(26);
    expect(await remindDue(world)).toBe(1);
    expect(world.find(ticket.number).warnedHours).toBe(24);
  });
});

describe('who has everything', () => {
  test('is thanked once and never warned', async () => {
    const { ticket, links } = await world.delivered();
    for (const link of links) world.download(link);
    expect(await remindDue(world)).toBe(1);
    for (let day = 0; day < 8; day++) {
      world.clock.jump(23);
      expect(await remindDue(world)).toBe(0);
    }
    expect(await world.told()).toEqual([expect.stringContaining('3 files, 6.0 kB')]);
    expect(world.mailer.mails).toEqual([]);
    expect(world.events(ticket.number)).toEqual(['downloaded_all']);
  });

  test('is thanked again for a newer export only', async () => {
    const { ticket, links } = await world.delivered();
    for (const link of links) world.download(link);
    await remindDue(world);
    const now = world.clock.now();
    const before = world.find(ticket.number);
    world.tickets.commit({ ticket: { before, after: { ...before, exportId: 'acme-2' } } }, now);
    const newer = await world.addExport(ticket, 'acme-2', [10]);
    expect(await remindDue(world)).toBe(0);
    for (const link of newer) world.download(link);
    expect(await remindDue(world)).toBe(1);
  });
});

test('many tickets are looked after at once, each by itself', async () => {
  const made = await Promise.all(Array.from({ length: 25 }, () => world.delivered({}, [10, 10])));
  for (const [index, { links }] of made.entries()) {
    const [first] = links;
    if (index % 2 === 0 && first) world.download(first);
  }
  world.clock.jump(4 * 24);
  expect(await remindDue(world)).toBe(25);
  const told = await world.told();
  expect(told.filter((text) => text.includes('1 of 2 files, 10 bytes'))).toHaveLength(13);
  expect(told.filter((text) => text.includes('2 of 2 files, 20 bytes'))).toHaveLength(12);
});
