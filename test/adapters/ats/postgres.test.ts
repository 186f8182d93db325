import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSourceFile } from '../../../src/adapters/ats/open-source.ts';
import { csvRow } from '../../../src/domain/csv.ts';
import { run } from '../../contracts/database-changes.ts';
import { describeServer, type ServerUnderTest } from '../../contracts/database-server.ts';
import { hasPostgres, startPostgres } from '../../support/database-server.ts';
import { withTasks } from '../../support/odd-tasks.ts';

const ALL = { jobs: null, from: null, to: null };
const WHOLE = { after: null, upTo: null };

describeServer('PostgreSQL', 'postgres', hasPostgres, startPostgres, (made) => {
  test('values keep every digit, every script and their time', async () => {
    const columns = `id bigint primary key, amount numeric(38, 10), big bigint, small real, yes boolean, at timestamptz,
      there timestamp, day date, note text, body jsonb, code uuid, tags text[]`;
    const rows = await oddRows(made(), columns, [
      "(1, 12345678901234567890.0123456789, 9223372036854775807, 0.1, true, '2026-03-29 02:30:00.123456+02', '2026-03-29 02:30:00', '2026-03-29', '👩‍👩‍👧 नमस्ते שלום', '{\"a\": [1]}', '0e37df36-f698-11e6-8dd4-cb9ced3df976', '{a,b}')",
      "(2, -0.0000000001, -9223372036854775808, 'NaN', false, 'infinity', null, null, '', null, null, null)",
      '(3, null, null, null, null, null, null, null, null, null, null, null)',
    ]);
    expect(rows).toEqual([
      '1,12345678901234567890.0123456789,9223372036854775807,0.1,true,2026-03-29T00:30:00.123456Z,2026-03-29T02:30:00.000Z,2026-03-29,👩‍👩‍👧 नमस्ते שלום,"{""a"": [1]}",0e37df36-f698-11e6-8dd4-cb9ced3df976,"{a,b}"\r\n',
      '2,-0.0000000001,-9223372036854775808,NaN,false,infinity,,,"",,,\r\n',
      '3,,,,,,,,,,,\r\n',
    ]);
  });

  test('a connection reads only, in UTC, and breaks off what takes too long', async () => {
    const settings = ['transaction_read_only', 'TimeZone', 'statement_timeout'];
    const shown = settings.map((name, index) => `current_setting('${name}') as s${index}`);
    const table = `(select 1 as id, ${shown.join(', ')})`;
    const { ats, source } = await openSourceFile(
      await withTasks(made().sample, made().file, table),
    );
    const read = async (from: typeof source) =>
      (await Array.fromAsync(from.rows('acme', 'Tasks', ALL, WHOLE)))[0]?.values;
    expect(await read(source)).toEqual([1, 'on', 'UTC', '5min']);
    expect(await source.snapshot(read)).toEqual([1, 'on', 'UTC', '5min']);
    await ats.close();
  });

  test('a column of bytes is refused with a word', async () => {
    await expect(oddRows(made(), 'id int, scan bytea', ["(1, '\\x00ff')"])).rejects.toThrow(
      /column scan of data\.Tasks holds binary data, which a CSV cannot; .* It is the row with the key 1\.$/,
    );
  });

  test('an id that cannot be one is that of nobody', async () => {
    const { file, sample } = made();
    const yaml = await readFile(file, 'utf8');
    const numbered = join(sample.dir, 'numbered.yaml');
    await run(
      'postgres',
      made().server.url,
      "create table numbers (id int, name text); insert into numbers values (7, 'Seven')",
    );
    await writeFile(
      numbered,
      yaml.replace(
        / {2}account: select.*/,
        "  account: select id, name, 'open' as state, null as closed_at from numbers where id = :account",
      ),
    );
    const { ats } = await openSourceFile(numbered);
    expect((await ats.account('7'))?.name).toBe('Seven');
    for (const id of ['abc', '7abc', '99999999999', '7\0', ''])
      expect(await ats.account(id)).toBeNull();
    await ats.close();
  });

  async function oddRows(
    { server, sample, file }: ServerUnderTest,
    columns: string,
    rows: string[],
  ): Promise<string[]> {
    const fresh = `drop table if exists odd; create table odd (${columns}); insert into odd values ${rows.join(', ')}`;
    await run('postgres', server.url, fresh);
    const { ats, source } = await openSourceFile(await withTasks(sample, file, 'odd'));
    try {
      const read = await Array.fromAsync(source.rows('acme', 'Tasks', ALL, WHOLE));
      return read.map(({ values }) => csvRow(values));
    } finally {
      await ats.close();
    }
  }
});
