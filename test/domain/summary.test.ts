import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../src/domain/options.ts';
import { addBusinessDaysUtc, promiseFor } from '../../src/domain/promise.ts';
import { type Summary, sayChanges, summaryOf } from '../../src/domain/summary.ts';

const summary: Summary = {
  account: { id: 'acme', name: 'Acme Recruiting', state: 'open', closedAt: null },
  options: DEFAULT_OPTIONS,
  jobs: [{ id: 'j1', title: 'QA Engineer' }],
  special: [],
  invoices: [],
  now: new Date('2026-11-20T09:00:00Z'),
};
const lines = (patch: Partial<Summary>) => summaryOf('en', { ...summary, ...patch }).split('\n');

test('a standard export is summarised whole, with its last day', () => {
  expect(lines({})).toEqual([
    'This is what I ask our team to prepare for Acme Recruiting:',
    expect.stringContaining('• Data files: ten CSV files'),
    expect.stringContaining('• Attachments: '),
    expect.stringContaining('a resume appears under each job its candidate applied to'),
    '• In ZIP files of up to 2.0 GB each',
    '',
    'It usually takes 3 to 7 business days; you have it by Tuesday, 1 December 2026 at the latest.',
    'The download links then work for 7 days.',
    '',
    'Shall I go ahead?',
  ]);
});

test('a custom one names its limits and takes longer', () => {
  const options: ExportOptions = {
    ...DEFAULT_OPTIONS,
    sections: ['cvs'],
    jobs: ['j1'],
    from: '2021-01-01',
  };
  const text = summaryOf('en', { ...summary, options, special: [{ wish: 'one_copy' }] });
  expect(text).not.toContain('Attachments');
  expect(text).toContain('• Only these jobs: QA Engineer');
  expect(text).toContain('• Only these dates: from 1 January 2021 on');
  expect(text).toContain('for our team to decide: one copy of each resume');
  expect(text).toContain('2 to 3 weeks (10 to 15 business days)');
  expect(text).toContain('by Friday, 11 December 2026 at the latest');
});

test('with open invoices it promises no day', () => {
  const invoices = [{ number: 'INV-7', amount: '120.00', currency: 'EUR', dueOn: '2026-03-01' }];
  const text = summaryOf('en', { ...summary, invoices });
  expect(text).toContain('• INV-7: 120.00 EUR, due on Sunday, 1 March 2026');
  expect(text).toContain('Once the invoices are paid, it usually takes 3 to 7 business days.');
  expect(text).not.toContain('at the latest');
});

test('of a closed account it says until when the data is kept', () => {
  const account = { ...summary.account, state: 'closed', closedAt: '2026-11-01' } as const;
  expect(summaryOf('en', { ...summary, account })).toContain(
    'kept until Saturday, 30 January 2027',
  );
});

test('changes are said as they are now', () => {
  const options: ExportOptions = {
    ...DEFAULT_OPTIONS,
    sections: ['cvs'],
    jobs: ['j1'],
    to: '2021-12-31',
    partSizeBytes: 1e9,
  };
  expect(
    sayChanges('en', ['sections', 'jobs', 'from', 'to', 'partSizeBytes'], options, summary.jobs),
  ).toEqual([
    'only internal CVs',
    'only the job QA Engineer',
    'dates up to 31 December 2021',
    'ZIP files of up to 1.0 GB',
  ]);
  expect(sayChanges('en', ['sections', 'jobs', 'from'], DEFAULT_OPTIONS, [])).toEqual([
    'everything',
    'all jobs',
    'all dates',
  ]);
});

test.each([
  ['2026-11-20T09:00:00Z', 1, '2026-11-23T09:00:00.000Z'],
  ['2026-11-21T09:00:00Z', 1, '2026-11-23T09:00:00.000Z'],
  ['2026-11-22T23:59:00Z', 5, '2026-11-27T23:59:00.000Z'],
  ['2026-11-23T00:00:00Z', 7, '2026-12-02T00:00:00.000Z'],
  ['2026-11-23T00:00:00Z', 0, '2026-11-23T00:00:00.000Z'],
])('from %s, %d business days later is %s', (from, days, later) => {
  expect(addBusinessDaysUtc(new Date(from), days).toISOString()).toBe(later);
});

test('a custom export is promised later', () => {
  const standard = promiseFor(DEFAULT_OPTIONS, summary.now);
  const custom = promiseFor({ ...DEFAULT_OPTIONS, to: '2021-12-31' }, summary.now);
  expect(standard).toMatchObject({ custom: false, from: 3, to: 7 });
  expect(custom).toMatchObject({ custom: true, from: 10, to: 15 });
  expect(custom.latestAt > standard.latestAt).toBe(true);
});
