import { describe, expect, test } from 'vitest';
import type { Entities } from '../../src/domain/understand/entities.ts';
import type { Intent } from '../../src/domain/understand/intents.ts';
import { understand } from '../../src/domain/understand.ts';

const now = new Date('2026-11-25T10:00:00Z');
const jobTitles = ['QA Engineer', 'Senior Java Developer', 'UX Designer'];

const MESSAGES: [Intent, string[]][] = [
  [
    'request_export',
    [
      'I need a full data dump of our account',
      'Hi, we are closing our account and need a full export of all candidate resumes and related data.',
      'please export everything',
      'data dump please',
      'How do I export all our data?',
      'can you send us a backup of all candidates',
      'before you delete our account we need the full data export',
      'Download all attachments and CVs',
      'DEAR TEAM, KINDLY SHARE THE COMPLETE DATA EXPORT ASAP',
    ],
  ],
  [
    'request_custom_export',
    [
      'export only the QA Engineer job',
      'I need a data dump but only the resumes',
      'only the resumes',
      'since 2021',
      'parts of 1 GB',
      'Can I get the data for specific jobs?',
      'We want a role-wise export',
      'I want to change something',
      'we r leaving, need all cv + notes by friday, 600gb, pls make zips small',
      'full export, one copy of each resume',
    ],
  ],
  [
    'ask_status',
    [
      'any update on my export?',
      "what's the status of our data dump",
      'is it ready?',
      'where is my data dump',
      'Have you started?',
    ],
  ],
  [
    'ask_eta',
    [
      'when will it be ready?',
      'how long does it take?',
      "What's the ETA?",
      'by when can we expect the export',
      'we have been waiting for a week now',
    ],
  ],
  [
    'request_extension',
    [
      'can I get another week?',
      'I need 48 more hours',
      'please extend the links',
      'we need more time to download',
      'We have 600GB and only 6 hours to download',
      'keep the links alive until Friday',
    ],
  ],
  [
    'link_expired',
    [
      'the links have expired',
      'link not working',
      'The link shared for the backup download is no longer working.',
      'my links stopped working yesterday',
      'we missed the download window',
    ],
  ],
  [
    'resend_csv',
    [
      'I lost the csv, can you send it again',
      'never received the links file',
      'Initially a CSV file was shared with us that had links to ZIP files. Kindly share that file.',
      'where is my csv',
      'can you share the download links again please',
    ],
  ],
  [
    'zip_wont_open',
    [
      "the zip won't open",
      'zip file is corrupted',
      'Unable to open the downloaded ZIP file.',
      'the file appears empty',
      'extraction failed with an error',
    ],
  ],
  [
    'data_missing_or_incomplete',
    [
      'some resumes are missing',
      'the export is incomplete',
      'only half of the candidates are there',
    ],
  ],
  [
    'duplicate_resumes_question',
    ['why are there so many duplicate resumes', 'the same cv appears several times'],
  ],
  [
    'structured_fields_question',
    ['where are the notes and fields, I only got resumes', 'do we get structured data?'],
  ],
  ['temporary_access_request', ['can you give us temporary access for 48 hours?']],
  [
    'cancel_request',
    ['cancel my request', 'please stop the export', "I don't need it anymore", 'stop'],
  ],
  ['extraction_help', ['which tool should I use to unzip?', 'how do I open the zips?']],
  ['what_is_included', ['what is included in the export?', 'which data do we get?']],
  [
    'validity_question',
    [
      'how long are the links valid?',
      'when do my links expire?',
      'what happens if I miss the download window?',
    ],
  ],
  ['migrate_to_new_account', ['migrate our data to our new account']],
  ['account_already_closed', ['our account is already closed, can we still get the data?']],
  [
    'invoice_pending_question',
    ['do unpaid invoices hold this up?', 'we have paid the invoice', 'why is it on hold?'],
  ],
  [
    'talk_to_human',
    ['I want to talk to a human', 'agent please', 'connect me to someone from support'],
  ],
  ['confirm_yes', ['Yes, go ahead', 'yes please', 'ok', 'Sure, do it!', 'looks good', '👍', 'YES']],
  ['confirm_no', ['no', 'No, cancel the request', 'no thanks', "don't cancel it", '👎']],
  ['smalltalk', ['hello', 'Hi there!', 'thanks a lot', 'Good morning', "Thanks, that's great"]],
  [
    'other',
    [
      'delete my account',
      'please delete all candidate data of John Smith under GDPR',
      'export one candidate',
      'download the resume of this candidate',
      'send me the invoice as PDF',
      'how do I import candidates from excel?',
      'do you have an API?',
      'export the pipeline report',
      'cancel my subscription',
      'reset my password',
      'how do I add a user?',
      "what's the weather?",
      'not yet',
      '',
      '<script>alert(1)</script>',
      '\u0000\u0001\u0002\u0003',
    ],
  ],
];

describe('understands', () => {
  test.each(MESSAGES.flatMap(([intent, texts]) => texts.map((text) => ({ intent, text }))))(
    '$intent: $text',
    ({ intent, text }) => {
      expect(understand(text, { now, jobTitles }).intent).toBe(intent);
    },
  );
});

const SEVERAL: [string, Intent[]][] = [
  [
    'I need a full data dump. How long does it take, and how long are the links valid?',
    ['request_export', 'ask_eta', 'validity_question'],
  ],
  ['yes but only the resumes', ['confirm_yes', 'request_custom_export']],
  ['Hello! Any update? Also, what is included?', ['ask_status', 'what_is_included']],
];
test.each(SEVERAL)('several intents in order: %s', (text, intents) => {
  expect(understand(text, { now, jobTitles }).intents).toEqual(intents);
});

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

test('quoted history, signature and markup do not count', () => {
  const text = [
    '<p>yes&nbsp;please</p>',
    '> cancel my request',
    'On Mon, 23 Nov 2026 at 10:00, Support <support@ats.example> wrote:',
    'please stop the export',
  ].join('\n');
  expect(understand(text).intents).toEqual(['confirm_yes']);
  expect(understand('any news?\n-- \nJohn, export manager').intents).toEqual(['ask_status']);
});

test('a pasted book takes no time and no memory', () => {
  const begun = performance.now();
  expect(understand('need export links expired '.repeat(400_000)).intents.length).toBeGreaterThan(
    0,
  );
  expect(performance.now() - begun).toBeLessThan(3_000);
});
