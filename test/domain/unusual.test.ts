import { addDays } from 'date-fns/addDays';
import { expect, test } from 'vitest';
import type { Account, Person } from '../../src/domain/account.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { unusual } from '../../src/domain/unusual.ts';
import { newTicket } from '../support/tickets.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const OPEN: Account = { id: 'acme', name: 'Acme', state: 'open', closedAt: null };

const ticket = (patch: Partial<Ticket> = {}): Ticket => ({
  ...newTicket(NOW),
  number: 9,
  version: 1,
  ...patch,
});

const person = (days: number, patch: Partial<Person> = {}): Person => ({
  id: 'p1',
  accountId: 'acme',
  name: 'Alice Adams',
  email: 'alice@acme.example',
  role: 'admin',
  addedAt: addDays(NOW, -days).toISOString(),
  ...patch,
});

const facts = { account: OPEN, people: [person(400)], others: [], now: NOW };
const estimate = (bytes: number) => ({ files: 1, rows: 1, bytes, parts: 1, seconds: 1 });

test('nothing is unusual about an old admin of an open account', () => {
  expect(unusual(ticket({ estimate: estimate(100_000_000_000) }), facts)).toEqual([]);
});

test('a closed account, with the day', () => {
  const account: Account = { ...OPEN, state: 'closed', closedAt: '2026-02-01T00:00:00Z' };
  expect(unusual(ticket(), { ...facts, account })).toEqual([
    'The account is closed since Sunday, 1 February 2026.',
  ]);
});

test('another export in the last 30 days, not this one and not an older one', () => {
  const earlier = (days: number, number = 4) =>
    ticket({ number, deliveredAt: addDays(NOW, -days) });
  expect(unusual(ticket(), { ...facts, others: [earlier(29)] })).toEqual([
    'The account had another export in the last 30 days: ticket 4, delivered on Sunday, 1 February 2026.',
  ]);
  expect(unusual(ticket(), { ...facts, others: [earlier(30), earlier(1, 9)] })).toEqual([]);
});

test('more than 100 GB', () => {
  expect(unusual(ticket({ estimate: estimate(100_000_000_001) }), facts)).toEqual([
    'The export is large: 100 GB.',
  ]);
});

test('an admin of less than 14 days, in this account', () => {
  expect(unusual(ticket(), { ...facts, people: [person(13)] })).toEqual([
    'The requester was added as admin only 13 days ago.',
  ]);
  expect(unusual(ticket(), { ...facts, people: [person(14)] })).toEqual([]);
  const elsewhere = person(1, { accountId: 'other' });
  expect(unusual(ticket(), { ...facts, people: [elsewhere, person(400)] })).toEqual([]);
});
