import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { createOutbox } from '../../db/outbox.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { say } from '../../src/domain/message.ts';
import { newTicket } from '../support/tickets.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-outbox-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function opened() {
  const { db, close } = openDatabase(join(folder, 'bot.sqlite'));
  return { tickets: createTicketStore(db), outbox: createOutbox(db), close };
}

test('two processes on one file never get the same row while its lease lasts', () => {
  const one = opened();
  const two = opened();
  one.tickets.commit({ open: newTicket(now) }, now);
  const outbox = Array.from({ length: 20 }, (_, n) => ({
    to: 'thread' as const,
    thread: `web:${n}`,
    message: say(`${n}`),
  }));
  one.tickets.commit({ about: 1, outbox }, now);
  const first = one.outbox.claim(now, later(60), 12).map(({ id }) => id);
  const second = two.outbox.claim(now, later(60), 12).map(({ id }) => id);
  expect(first).toHaveLength(12);
  expect(second).toHaveLength(8);
  expect(new Set([...first, ...second]).size).toBe(20);
  expect(two.outbox.claim(later(59), later(90), 12)).toEqual([]);
  const again = two.outbox.claim(later(60), later(90), 99);
  expect(again).toHaveLength(20);
  expect(again.every(({ attempts }) => attempts === 1)).toBe(true);
  one.close();
  two.close();
});

test('what waits survives the end of the process', () => {
  const before = opened();
  before.tickets.commit({ open: newTicket(now) }, now);
  before.tickets.commit({ about: 1, outbox: [{ to: 'desk', notice: null }] }, now);
  before.close();
  const after = opened();
  expect(after.outbox.pending('desk:1')).toBe(true);
  expect(after.outbox.claim(now, later(60), 10)).toMatchObject([
    { lane: 'desk:1', ticketNumber: 1, outgoing: { to: 'desk', notice: null }, attempts: 0 },
  ]);
  after.close();
});

test('a row that waits for a later try holds up its lane, and a row set aside does not', () => {
  const { tickets, outbox, close } = opened();
  tickets.commit({ open: newTicket(now) }, now);
  const chat = (text: string) => ({
    to: 'thread' as const,
    thread: 'web:a',
    message: say(text),
  });
  tickets.commit({ about: 1, outbox: [chat('one'), chat('two')] }, now);
  const [row] = outbox.claim(now, later(60), 10);
  outbox.retryAt(row?.id ?? 0, later(300), 'down');
  expect(outbox.claim(later(299), later(400), 10)).toEqual([]);
  expect(outbox.claim(later(300), later(400), 10)).toMatchObject([{ id: row?.id, attempts: 1 }]);
  outbox.setAside(row?.id ?? 0, 'gone');
  expect(outbox.claim(later(300), later(400), 10)).toMatchObject([
    { outgoing: { message: { text: 'two' } } },
  ]);
  close();
});

test('a row whose turn has not come is given back as if it had not been tried', () => {
  const { tickets, outbox, close } = opened();
  tickets.commit({ open: newTicket(now) }, now);
  tickets.commit({ about: 1, outbox: [{ to: 'desk', notice: null }] }, now);
  const [row] = outbox.claim(now, later(60), 10);
  outbox.putOff(row?.id ?? 0, later(5));
  expect(outbox.claim(later(4), later(64), 10)).toEqual([]);
  expect(outbox.claim(later(5), later(65), 10)).toMatchObject([{ attempts: 0 }]);
  close();
});
