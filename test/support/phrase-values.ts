import type { Job } from '../../src/domain/account.ts';
import type { Language } from '../../src/domain/language.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../src/domain/options.ts';
import { optionFacts } from '../../src/domain/options-words.ts';
import type { Status, Ticket } from '../../src/domain/ticket.ts';
import { newTicket } from './tickets.ts';

/** A request, an account and the like, to be put into sentences. */

export const NOW = new Date('2026-11-23T09:00:00Z');
export const LATER = new Date('2026-11-27T14:00:00Z');
export const JOBS: Job[] = [
  { id: 'j1', title: 'QA Engineer' },
  { id: 'j2', title: 'QA Lead' },
];
export const INVOICE = { number: 'INV-7', amount: '1249.50', currency: 'EUR', dueOn: '2026-03-01' };
export const INVOICES = [INVOICE, { ...INVOICE, number: 'INV-8' }];
export const ACCOUNT = {
  id: 'acme',
  name: 'Acme Recruiting',
  state: 'closed',
  closedAt: '2026-11-01',
} as const;
export const AMOUNT = { parts: 12, bytes: 21.4e9, missing: 3 };
export const COVERAGE = { files: { done: 4, total: 12 }, bytes: { done: 8e9, total: 21.4e9 } };
const PROGRESS = { parts: { done: 2, total: 12 }, bytes: { done: 4.1e9, total: 21.4e9 } };
export const CUSTOM: ExportOptions = {
  ...DEFAULT_OPTIONS,
  sections: ['cvs'],
  jobs: ['j1', 'j2'],
  from: '2021-01-01',
};

export function ticket(status: Status = 'collecting', patch: Partial<Ticket> = {}): Ticket {
  return {
    ...newTicket(NOW),
    number: 7,
    version: 1,
    status,
    promisedAt: LATER,
    expiresAt: LATER,
    ...patch,
  };
}

export const known = { progress: PROGRESS, invoices: INVOICES, now: NOW };
export const special = [
  { wish: 'one_copy' } as const,
  { wish: 'password' } as const,
  { wish: 'longer_links', days: 14 } as const,
  { wish: 'deadline', when: '31.12.' } as const,
];
export const summary = {
  account: ACCOUNT,
  options: CUSTOM,
  jobs: JOBS,
  special,
  invoices: INVOICES,
  now: NOW,
};
export const ALL: Status[] = [
  'collecting',
  'on_hold',
  'awaiting_approval',
  'approved',
  'building',
  'delivered',
  'expired',
  'purged',
  'failed',
  'rejected',
  'cancelled',
];
export const facts = (language: Language) => optionFacts(CUSTOM, JOBS, language);
