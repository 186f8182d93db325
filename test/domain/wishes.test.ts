import { describe, expect, test } from 'vitest';
import type { Job } from '../../src/domain/account.ts';
import { matchJobs } from '../../src/domain/match-jobs.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../src/domain/options.ts';
import { sayWish } from '../../src/domain/special-wish.ts';
import { hasWishes, readWishes } from '../../src/domain/wishes.ts';
import { understand } from '../support/understand.ts';

const JOBS: Job[] = [
  'QA Engineer',
  'Senior Java Developer',
  'Junior Java Developer',
  'Account Manager',
  'Account Manager',
  'Verkäufer für Süßwaren',
  '営業担当（東京）',
].map((title, index) => ({ id: `j${index}`, title }));

function wishes(text: string, before: Partial<ExportOptions> = {}) {
  const jobTitles = JOBS.map(({ title }) => title);
  const { entities } = understand(text, { now: new Date('2026-11-25T10:00:00Z'), jobTitles });
  return readWishes(text, entities, { ...DEFAULT_OPTIONS, ...before }, JOBS);
}

const CHANGES: [text: string, after: Partial<ExportOptions>, before?: Partial<ExportOptions>][] = [
  ['only the resumes', { sections: ['cvs'] }],
  ['just attachments and CVs please', { sections: ['attachments', 'cvs'] }],
  ['without the attachments', { sections: ['data', 'cvs'] }],
  ["we don't need the CSVs", { sections: ['attachments', 'cvs'] }],
  ['no, only the data files', { sections: ['data'] }],
  ['add the data files too', { sections: ['data', 'cvs'] }, { sections: ['cvs'] }],
  ['everything', { sections: ['data', 'attachments', 'cvs'] }, { sections: ['cvs'] }],
  ['full data dump, only the resumes', { sections: ['cvs'] }],
  ['only the QA Engineer job', { jobs: ['j0'] }],
  ['only the QA job', { jobs: ['j0'] }],
  ['also the senior java developer role', { jobs: ['j0', 'j1'] }, { jobs: ['j0'] }],
  ['all jobs', { jobs: null }, { jobs: ['j0'] }],
  ['since 2021', { from: '2021-01-01', to: null }],
  ['all dates', { from: null, to: null }, { from: '2021-01-01', to: '2021-12-31' }],
  ['zips of 500 MB', { partSizeBytes: 500_000_000 }],
];
test.each(CHANGES)('%s', (text, after, before = {}) => {
  expect(wishes(text, before).options).toEqual({ ...DEFAULT_OPTIONS, ...before, ...after });
});

test.each([
  'I need a full data dump of all resumes, notes and attachments',
  'are attachments included?',
  'thank you, that is fine',
])('does not limit: %s', (text) => {
  expect(wishes(text).touched).toEqual([]);
});

test('nothing is left out of everything by mistake', () => {
  expect(wishes('without data files, attachments and CVs').options.sections).toEqual(
    DEFAULT_OPTIONS.sections,
  );
});

test('one copy, a password and NDJSON are options', () => {
  const { options, special } = wishes('one copy of each, ZIPs with a password, also as NDJSON');
  expect(options).toMatchObject({ oneCopy: true, encrypted: true, ndjson: true });
  expect(special).toEqual([]);
});

test('what no option stands for is passed on in words', () => {
  const { special } = wishes('by Friday, links for 14 days');
  expect(special.map((wish) => sayWish(wish))).toEqual([
    'links that work for 14 days',
    'to have it by Friday',
  ]);
});

test('a size that no ZIP can have is explained', () => {
  const asked = wishes('parts of 50 GB');
  expect(asked.badPartSize).toBe(true);
  expect(hasWishes(asked)).toBe(true);
});

describe('a job title', () => {
  const CASES: [wanted: string, ids: string[]][] = [
    ['qa engineer', ['j0']],
    ['QA', ['j0']],
    ['Snior Java Develoepr', ['j1']],
    ['account manager', ['j3', 'j4']],
    ['verkaufer fur sußwaren', ['j5']],
    ['営業担当 東京', ['j6']],
    ['Java Developer', []],
    ['Sales Manager', []],
    ['', []],
    ['!!!', []],
  ];
  test.each(CASES)('"%s" means %j', (wanted, ids) => {
    expect(matchJobs([wanted], JOBS).matched.map(({ id }) => id)).toEqual(ids);
  });

  test('that fits two is asked back with the near ones, each title once', () => {
    const near = (wanted: string) =>
      matchJobs([wanted], JOBS).unclear.flatMap((one) => one.near.map(({ title }) => title));
    expect(near('Java Developer')).toEqual(['Senior Java Developer', 'Junior Java Developer']);
    expect(near('Sales Manager')).toEqual(['Account Manager']);
    expect(near('Rocket Scientist')).toEqual([]);
  });
});
