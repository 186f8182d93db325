import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { takeBotLock } from '../../db/bot-lock.ts';
import { createChatLog } from '../../db/chat-log.ts';
import { createClock } from '../../db/clock.ts';
import { createDeskLog } from '../../db/desk-log.ts';
import { type Db, openDatabase } from '../../db/open.ts';
import { createRuns } from '../../db/runs.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { newTicket } from '../support/tickets.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
let db: Db;

beforeEach(() => {
  db = openDatabase(':memory:').db;
});

describe('the clock', () => {
  test('goes with the machine, and can be moved forward only where that is allowed', () => {
    const clock = createClock(db, { mayJump: true });
    const other = createClock(db, { mayJump: true });
    clock.jump(24);
    clock.jump(0.5);
    const ahead = other.now().getTime() - Date.now();
    expect(Math.abs(ahead - 24.5 * 3_600_000)).toBeLessThan(5_000);
    for (const hours of [0, -1, Number.NaN]) expect(() => clock.jump(hours)).toThrow('forward');
    const real = createClock(db, { mayJump: false });
    expect(() => real.jump(1)).toThrow('sample');
    expect(Math.abs(real.now().getTime() - Date.now())).toBeLessThan(5_000);
  });
});

test('runs keep the last time of each job', () => {
  const runs = createRuns(db);
  expect(runs.lastRunAt('purge')).toBeNull();
  runs.ran('purge', now);
  runs.ran('purge', later(5));
  runs.ran('expire', now);
  expect(runs.lastRunAt('purge')).toEqual(later(5));
});

describe('the chat', () => {
  const message = {
    thread: 'web:a',
    at: now,
    author: 'customer',
    name: 'A',
    text: 'Hello',
    choices: [],
    attachment: null,
    uploads: [],
  } as const;

  test('stores a message once for its key in its thread', () => {
    const chat = createChatLog(db);
    const first = chat.append({ ...message, choices: [], uploads: [] }, 'k1');
    const again = chat.append({ ...message, text: 'Other', choices: [], uploads: [] }, 'k1');
    expect(again).toEqual(first);
    expect(chat.hasKey('web:a', 'k1')).toBe(true);
    expect(chat.hasKey('web:b', 'k1')).toBe(false);
  });

  test('gives the newest when there are more, oldest of them first', () => {
    const chat = createChatLog(db);
    for (let n = 1; n <= 5; n++) {
      chat.append({ ...message, text: `${n}`, choices: [], uploads: [] }, `k${n}`);
    }
    expect(chat.after('web:a', 0, 3).map(({ text }) => text)).toEqual(['3', '4', '5']);
    expect(chat.after('web:a', 4, 9).map(({ text }) => text)).toEqual(['5']);
    expect(chat.after('web:b', 0, 9)).toEqual([]);
  });

  test('finds an upload in its own thread only', () => {
    const chat = createChatLog(db);
    const upload = { id: 'u1', name: 'a.pdf', sizeBytes: 3, contentType: 'application/pdf' };
    chat.append({ ...message, choices: [], uploads: [upload] }, 'k1');
    expect(chat.findUpload('web:a', 'u1')).toEqual(upload);
    expect(chat.findUpload('web:b', 'u1')).toBeNull();
  });
});

test('the desk keeps a notice once for its key, and its revision changes with what it shows', () => {
  const desk = createDeskLog(db);
  const tickets = createTicketStore(db);
  tickets.commit({ open: newTicket(now) }, now);
  const empty = desk.revision();
  desk.append(1, { level: 'info', text: 'one' }, 'k1', now);
  desk.append(1, { level: 'info', text: 'one again' }, 'k1', now);
  expect(desk.of(1)).toMatchObject([{ text: 'one', ticketNumber: 1, at: now }]);
  expect(desk.revision()).not.toBe(empty);
  const before = desk.revision();
  const ticket = tickets.find(1);
  if (!ticket) throw new Error('no ticket');
  tickets.commit({ ticket: { before: ticket, after: { ...ticket, warnedHours: 6 } } }, now);
  expect(desk.revision()).not.toBe(before);
});

test('one bot only holds a data folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-lock-'));
  const file = join(folder, 'bot.lock');
  const first = takeBotLock(file);
  expect(first).not.toBeNull();
  expect(takeBotLock(file)).toBeNull();
  first?.release();
  const second = takeBotLock(file);
  expect(second).not.toBeNull();
  second?.release();
  await rm(folder, { recursive: true, force: true });
});
