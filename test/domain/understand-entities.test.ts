import { expect, test } from 'vitest';
import type { Entities } from '../../src/domain/understand/entities.ts';
import { understand } from '../support/understand.ts';

const now = new Date('2026-11-25T10:00:00Z');
const jobTitles = ['QA Engineer', 'Senior Java Developer', 'UX Designer'];

const ENTITIES: [string, Entities][] = [
  ['write to Anna.B@Example.com please', { email: 'anna.b@example.com' }],
  ['48h more', { duration_hours: 48 }],
  ['another week', { duration_hours: 168 }],
  ['3-4 days more', { duration_hours: 96 }],
  ['two days and a half', { duration_hours: 48 }],
  ['resumes and related data', { include: ['resumes'] }],
  ['parts of 500 MB', { part_size_gb: 0.5 }],
  ['zips no larger than 1,5 GB', { part_size_gb: 1.5 }],
  ['we have 600 GB of data', {}],
  ['only the QA Engineer and UX Designer roles', { jobs: ['QA Engineer', 'UX Designer'] }],
  ['just the "Night Nurse" job', { jobs: ['Night Nurse'] }],
  ['for all jobs', {}],
  ['since 2021', { range: { text: 'since 2021', from: '2021-01-01', to: null } }],
  [
    'from March 2020 to 15 June 2022',
    { range: { text: 'from March 2020 to 15 June 2022', from: '2020-03-01', to: '2022-06-15' } },
  ],
  ['everything before 2020', { range: { text: 'before 2020', from: null, to: '2019-12-31' } }],
  ['the last 2 years', { range: { text: 'last 2 years', from: '2024-11-25', to: null } }],
  ['after 30 February 2021', {}],
  ['by Friday', { deadline: { text: 'by Friday', date: '2026-11-27' } }],
  ['until tomorrow', { deadline: { text: 'until tomorrow', date: '2026-11-26' } }],
  ['by end of the month', { deadline: { text: 'by end of the month', date: '2026-11-30' } }],
  ['one copy of each, with a password', { one_copy: true, password: true }],
  ['only CVs and notes', { include: ['cvs', 'structured'] }],
];
test.each(ENTITIES)('entities of: %s', (text, entities) => {
  expect(understand(text, { now, jobTitles }).entities).toEqual(entities);
});

test.each([
  ['Bitte schicken Sie uns alle Daten, wir brauchen die Lebensläufe', 'de'],
  ['necesitamos una copia de todos los datos de nuestra cuenta', 'es'],
  ['nous avons besoin de toutes les données de notre compte', 'fr'],
  ['precisamos de uma cópia dos dados da nossa conta, por favor', 'pt'],
  ['mujhe hamara sab data chahiye', 'hi'],
  ['we need all our data', 'en'],
  ['1234', 'en'],
])('language of: %s', (text, language) => {
  expect(understand(text).language).toBe(language);
});
