import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlAccess } from '../../../src/adapters/ats/access.ts';
import { generateSample } from '../../../src/adapters/sample/sample.ts';
import { describePlatformAccess } from '../../contracts/platform-access.ts';

let dir: string;
let sourceFile: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waybill-access-'));
  const today = '2026-11-20';
  ({ sourceFile } = await generateSample({
    dir: join(dir, 'sample'),
    candidates: 1,
    bytesPerFile: 0,
    today,
  }));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function opened() {
  const access = openSqlAccess(sourceFile);
  if (!access) throw new Error('The sample says nothing of access.');
  return access;
}

describePlatformAccess('the SQL of the sample', async () => {
  const database = new Database(join(dir, 'sample', 'access.sqlite'));
  database.exec('delete from temporary_access');
  return {
    access: opened(),
    holds: async () =>
      database
        .prepare<[], { id: string; account: string; email: string; until: string }>(
          'select id, account_id as account, email, until from temporary_access',
        )
        .all(),
    close: async () => {
      database.close();
    },
  };
});

async function variant(change: (text: string) => string) {
  const file = join(dir, 'sample', `${Math.random()}.yaml`);
  await writeFile(file, change(await readFile(sourceFile, 'utf8')));
  return file;
}

test('a source file without it offers no access', async () => {
  const without = await variant((text) => text.replace(/\naccess:\n(?: {2}.*\n)+/, '\n'));
  expect(openSqlAccess(without)).toBeNull();
});

test('a statement that fails is named with its file', async () => {
  const wrong = await variant((text) =>
    text.replace('delete from temporary_access', 'delete from nowhere'),
  );
  const revoked = openSqlAccess(wrong)?.revoke({
    id: '1',
    accountId: 'acme',
    email: 'a@b.example',
  });
  await expect(revoked).rejects.toThrow(/yaml: access\.revoke failed: no such table: nowhere\.$/);
});
