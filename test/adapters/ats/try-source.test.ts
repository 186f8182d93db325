import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trySource } from '../../../src/adapters/ats/try-source.ts';
import { reportText, type SourceReport } from '../../../src/domain/source-report.ts';
import { makeSample, removeSample, type Sample } from '../../support/sample.ts';

let sample: Sample;
let yaml: string;
beforeAll(async () => {
  sample = await makeSample();
  yaml = await readFile(sample.sourceFile, 'utf8');
});
afterAll(() => removeSample(sample));

/** Tries the sample through a changed source file. */
async function tried(
  change: (text: string) => string = (text) => text,
  account: string | null = null,
) {
  const file = join(sample.dir, 'tried.yaml');
  const changed = change(yaml);
  await writeFile(file, changed);
  return trySource(file, {}, account);
}

function problemsOf(report: SourceReport): string[] {
  const text = reportText(report);
  return text.split('\n').filter((line) => line.startsWith('NO  ') && line.includes(':'));
}

test('a source that is in order says so, with the first account or the one that is asked for', async () => {
  const report = await tried();
  expect(problemsOf(report)).toEqual([]);
  expect(report).toMatchObject({ ok: true, database: 'SQLite', account: { id: 'acme' } });
  expect(report.queries).toHaveLength(17);
  expect(new Set(report.queries.map((query) => query.access))).toEqual(new Set(['index']));
  expect(report.queries.find(({ query }) => query === 'data.Candidates')?.rows).toBe(40);
  expect(report.files.tried).toBe(10);
  expect(report.files.opened).toBeGreaterThanOrEqual(9);
  const text = reportText(report);
  expect(text).toMatch(/^ok {2}data\.Candidates +40 +\d+ +\d+ ms {2}index$/m);
  expect(text).toContain('Everything that an export needs is in order.');
  expect((await tried(undefined, 'globex')).account).toEqual({
    id: 'globex',
    name: 'Globex Talent, Inc.',
  });
});

const WRONG: [string, (text: string) => string, RegExp][] = [
  [
    'a query that does not run',
    (text) => text.replace('from audit_logs', 'from audit_log'),
    /^NO {2}data\.Audit_Logs: failed: no such table/,
  ],
  [
    'a column that is missing',
    (text) => text.replace('key: [user_id]', 'key: [userid]'),
    /^NO {2}data\.Users: has no column userid/,
  ],
  [
    'a query that forgets the account',
    (text) =>
      text.replace('from tasks where account_id = :account', "from tasks where :account <> ''"),
    /^NO {2}data\.Tasks: gave a row of another account \(key .*\); compare with :account/,
  ],
  [
    'people of another account',
    (text) =>
      text.replace('where account_id = :account and role in', "where :account <> '' and role in"),
    /^NO {2}queries\.admins: gave a row of another account/,
  ],
  [
    'a key that is not unique',
    (text) => text.replace('key: [user_id]', 'key: [role]'),
    /^NO {2}data\.Users: gave two rows with the same key \(role\)/,
  ],
  [
    'a key without a value',
    (text) => text.replace('key: [user_id]', 'key: [user_id, phone]'),
    /^NO {2}data\.Users: gave a row without a value in its key/,
  ],
  [
    'bytes',
    (text) => text.replace('role, phone, added_at', "role, x'00ff' as phone, added_at"),
    /^NO {2}data\.Users: column phone holds binary data, which a CSV cannot/,
  ],
  [
    'nobody who may ask',
    (text) => text.replace("role in ('admin', 'authorised_contact')", "role = 'nobody'"),
    /^NO {2}queries\.admins: found nobody who may ask/,
  ],
  [
    'people who are found by id only',
    (text) => text.replace('lower(email) = :email', "lower(email) = 'x' || :email"),
    /^NO {2}queries\.people: does not find an administrator/,
  ],
  [
    'files that lie elsewhere',
    (text) => text.replace('files/{account}', 'files/{account}/cvs'),
    /^NO {2}files\.cvs: .* does not open: /,
  ],
  [
    'a folder that is not there',
    (text) => text.replace('files/{account}', 'nowhere/{account}'),
    /^NO {2}files\.cvs: .* does not open: The folder of the files, .*, is not there/,
  ],
  [
    'a time that is none',
    (text) =>
      text.replace(
        'd.size_bytes, d.created_at, a.job_id',
        "d.size_bytes, 'soon' as created_at, a.job_id",
      ),
    /^NO {2}files\.cvs: gave "soon" in created_at/,
  ],
];

test.each(WRONG)(
  '%s is named, and everything else is tried all the same',
  async (_, change, message) => {
    expect(change(yaml)).not.toBe(yaml);
    const report = await tried(change);
    expect(report.ok).toBe(false);
    expect(problemsOf(report).join('\n')).toMatch(new RegExp(message.source, 'm'));
    expect(report.queries).toHaveLength(17);
    expect(report.queries.filter(({ ok }) => !ok).length).toBeLessThanOrEqual(2);
  },
);

test('a full scan, a sort and a list that is made anew are named', async () => {
  const report = await tried((text) =>
    text
      .replace(
        /from companies\s+where account_id = :account/,
        "from companies where account_id || '' = :account",
      )
      .replace('key: [contact_id]', 'key: [email, contact_id]')
      .replace(
        'select t.account_id, t.id as contact_id',
        "select t.account_id, t.id as contact_id, coalesce(t.email, '') as email_",
      )
      .replace('key: [email, contact_id]', 'key: [email_, contact_id]')
      .replace(
        'from tasks where account_id = :account',
        'from tasks where account_id = :account group by id',
      ),
  );
  const notes = report.queries.flatMap(({ query, notes: said }) =>
    said.map((text) => `${query}: ${text}`),
  );
  expect(notes.join('\n')).toMatch(
    /data\.Companies: reads all of companies \(full scan\); an index on \(account_id, company_id\), in this order, would spare that\./,
  );
  expect(notes.join('\n')).toMatch(
    /data\.Contacts: sorts its rows for each page; an index on \(account_id, email_, contact_id\)/,
  );
  expect(notes.join('\n')).toMatch(/data\.Tasks: makes all its rows anew for each page/);
});

test('what cannot be tried at all is one sentence', async () => {
  expect(problemsOf(await tried(() => 'database: {}'))).toHaveLength(1);
  expect(problemsOf(await tried(undefined, 'nobody'))).toEqual([
    'NO  There is no account nobody: queries.account gave no row with this id; give --account ID.',
  ]);
  const without = await tried((text) => text.replace(/ {2}accounts: .*\n/, ''));
  expect(problemsOf(without)[0]).toMatch(
    /queries\.accounts is not there, so no account is known; give --account ID/,
  );
});

test('a file that is gone is a note, all that are gone a problem', async () => {
  const files = await Array.fromAsync(
    sample.source.files(
      'acme',
      'attachments',
      { jobs: null, from: null, to: null },
      { after: null, upTo: null },
    ),
  );
  const own = await makeSample();
  try {
    await rm(join(own.dir, 'files', 'acme', files[0]?.path ?? ''));
    const one = await trySource(own.sourceFile, {}, null);
    expect(
      one.queries.find(({ query }) => query === 'files.attachments')?.problems.length,
    ).toBeLessThanOrEqual(1);
    await rm(join(own.dir, 'files', 'acme'), { recursive: true });
    const all = await trySource(own.sourceFile, {}, null);
    expect(all.ok).toBe(false);
    expect(all.files.opened).toBe(0);
  } finally {
    await removeSample(own);
  }
});
