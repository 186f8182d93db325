import { describe, expect, test } from 'vitest';
import type { Account, Person } from '../../src/domain/account.ts';
import { checksOf, type Facts, isWithinRetention } from '../../src/domain/checks.ts';
import type { Check } from '../../src/domain/ticket.ts';
import { newTicket } from '../support/tickets.ts';

const now = new Date('2026-11-20T09:00:00Z');
const person: Person = {
  id: 'u1',
  accountId: 'acme',
  name: 'Alice Adams',
  email: 'alice@acme.example',
  role: 'admin',
  addedAt: '2024-01-02T00:00:00Z',
};
const open: Account = { id: 'acme', name: 'Acme Recruiting', state: 'open', closedAt: null };
const closed = (closedAt: string): Account => ({ ...open, state: 'closed', closedAt });
const facts: Facts = { person, account: open, invoices: [], earlier: [], now };

function check(name: Check['name'], patch: Partial<Facts>): Check | undefined {
  return checksOf({ ...facts, ...patch }).find((one) => one.name === name);
}

test('all is well', () => {
  expect(checksOf(facts)).toEqual([
    {
      name: 'requester',
      ok: true,
      text: 'The requester is an admin of the account since Tuesday, 2 January 2024.',
    },
    { name: 'invoices', ok: true, text: 'All invoices are paid.' },
    { name: 'account', ok: true, text: 'The account is open.' },
    { name: 'recent_exports', ok: true, text: 'No other export in the last 30 days.' },
  ]);
});

const invoice = { number: 'INV-7', amount: '120.00', currency: 'EUR', dueOn: '2026-03-01' };
const delivered = (deliveredAt: string) => ({
  ...newTicket(now, { deliveredAt: new Date(deliveredAt) }),
  number: 4,
  version: 1,
});
const CASES: [name: Check['name'], patch: Partial<Facts>, ok: boolean, text: string][] = [
  [
    'requester',
    { person: { ...person, addedAt: '2026-11-18T08:00:00Z' } },
    false,
    'for 2 days only',
  ],
  ['requester', { person: { ...person, addedAt: '2026-11-13T08:00:00Z' } }, true, 'since'],
  [
    'requester',
    { person: { ...person, role: 'authorised_contact' } },
    true,
    'an authorised contact of the account',
  ],
  [
    'invoices',
    { invoices: [invoice] },
    false,
    '1 invoice still to be paid: INV-7: 120.00 EUR, due on',
  ],
  ['account', { account: closed('2026-11-01') }, true, 'kept until Saturday, 30 January 2027'],
  ['account', { account: closed('2026-01-01') }, false, 'was kept until'],
  ['recent_exports', { earlier: [delivered('2026-11-01')] }, false, 'Ticket 4 was delivered on'],
  ['recent_exports', { earlier: [delivered('2026-01-01')] }, true, 'No other export'],
];
describe('a check of', () => {
  test.each(CASES)('%s, case %#', (name, patch, ok, text) => {
    expect(check(name, patch)).toMatchObject({ ok, text: expect.stringContaining(text) });
  });
});

test.each([
  [open, true],
  [closed('2026-08-23T00:00:00Z'), true],
  [closed('2026-08-20T00:00:00Z'), false],
])('retention %#', (account, within) => {
  expect(isWithinRetention(account, now)).toBe(within);
});
