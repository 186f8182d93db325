import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../src/domain/options.ts';
import { optionsProblem, tidyOptions } from '../../src/domain/options-problem.ts';

const jobs = [
  { id: 'j1', title: 'Welder' },
  { id: 'j2', title: 'Baker' },
];

describe('options', () => {
  test.each([
    ['the usual ones', {}],
    ['one section and known jobs', { sections: ['cvs'], jobs: ['j2', 'j1'] }],
    ['a day', { from: '2024-02-29', to: '2024-02-29' }],
    ['an open end', { from: '2024-01-01' }],
    ['the smallest', { partSizeBytes: 100_000_000, windowDays: 1 }],
    ['the largest', { partSizeBytes: 4_000_000_000, windowDays: 30 }],
  ] satisfies [string, Partial<ExportOptions>][])('%s are fine', (_name, patch) => {
    expect(optionsProblem({ ...DEFAULT_OPTIONS, ...patch }, jobs)).toBeNull();
  });

  test.each([
    ['no section', { sections: [] }, 'at least one of'],
    ['no job', { jobs: [] }, 'at least one job'],
    ['a job of somebody else', { jobs: ['j1', 'x9'] }, 'no job "x9"'],
    ['a date that is none', { from: '2026-02-30' }, '"2026-02-30" is not a date'],
    ['a date with a time', { to: '2026-02-03T10:00' }, 'is not a date'],
    ['no date at all', { to: 'soon' }, '"soon" is not a date'],
    ['dates the wrong way round', { from: '2026-02-03', to: '2026-02-02' }, 'swap them'],
    ['parts of nothing', { partSizeBytes: 0 }, 'from 100 MB to 4 GB'],
    ['parts that are too large', { partSizeBytes: 4_294_967_296 }, 'from 100 MB to 4 GB'],
    ['no time to download', { windowDays: 0 }, 'from 1 to 30 whole days'],
    ['too much time', { windowDays: 31 }, 'from 1 to 30 whole days'],
    ['half a day', { windowDays: 1.5 }, 'from 1 to 30 whole days'],
  ] satisfies [string, Partial<ExportOptions>, string][])(
    'with %s are refused',
    (_name, patch, problem) => {
      expect(optionsProblem({ ...DEFAULT_OPTIONS, ...patch }, jobs)).toContain(problem);
    },
  );

  test('are put in one order without repetitions', () => {
    const options = tidyOptions({
      ...DEFAULT_OPTIONS,
      sections: ['cvs', 'data', 'cvs'],
      jobs: ['j1', 'j1'],
    });
    expect(options).toMatchObject({ sections: ['data', 'cvs'], jobs: ['j1'] });
  });
});
