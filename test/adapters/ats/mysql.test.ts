import { expect, test } from 'vitest';
import { openSourceFile } from '../../../src/adapters/ats/open-source.ts';
import { csvRow } from '../../../src/domain/csv.ts';
import { run } from '../../contracts/database-changes.ts';
import { describeServer, type ServerUnderTest } from '../../contracts/database-server.ts';
import { hasMariadb, startMariadb } from '../../support/database-server.ts';
import { withTasks } from '../../support/odd-tasks.ts';

const ALL = { jobs: null, from: null, to: null };
const WHOLE = { after: null, upTo: null };

describeServer('MariaDB', 'mysql', hasMariadb, startMariadb, (made) => {
  test('values keep every digit, every script and their time', async () => {
    const columns = `id bigint primary key, amount decimal(38, 10), big bigint unsigned, small float, flag bit(1),
      at timestamp(6) null, there datetime, day date, note text, body json, kind enum('a', 'b'), year_ year`;
    const rows = await oddRows(made(), columns, [
      "(1, 12345678901234567890.0123456789, 18446744073709551615, 0.1, b'1', '2026-03-29 02:30:00.123456', '2026-03-29 02:30:00', '2026-03-29', '👩‍👩‍👧 नमस्ते שלום', '{\"a\": [1]}', 'b', 2026)",
      "(2, -0.0000000001, 0, -0.5, b'0', null, '0000-00-00 00:00:00', '0000-00-00', '', null, null, null)",
      '(3, null, null, null, null, null, null, null, null, null, null, null)',
    ]);
    expect(rows).toEqual([
      '1,12345678901234567890.0123456789,18446744073709551615,0.1,1,2026-03-29T02:30:00.123456Z,2026-03-29T02:30:00.000Z,2026-03-29,👩‍👩‍👧 नमस्ते שלום,"{""a"": [1]}",b,2026\r\n',
      '2,-0.0000000001,0,-0.5,0,,,,"",,,\r\n',
      '3,,,,,,,,,,,\r\n',
    ]);
  });

  test('text of an old table comes out as it was meant', async () => {
    const columns = 'id int primary key, note varchar(50) character set latin1';
    expect(await oddRows(made(), columns, ["(1, 'Zoë Müller €')"])).toEqual(['1,Zoë Müller €\r\n']);
  });

  test('a connection reads only, in UTC, and breaks off what takes too long', async () => {
    const table =
      '(select 1 as id, @@tx_read_only as a, @@time_zone as b, @@max_statement_time as c)';
    const { ats, source } = await openSourceFile(
      await withTasks(made().sample, made().file, table),
    );
    const read = async (from: typeof source) =>
      (await Array.fromAsync(from.rows('acme', 'Tasks', ALL, WHOLE)))[0]?.values;
    expect(await read(source)).toEqual([1, 1, '+00:00', 300]);
    expect(await source.snapshot(read)).toEqual([1, 1, '+00:00', 300]);
    await ats.close();
  });

  test('a column of bytes is refused with a word', async () => {
    await expect(oddRows(made(), 'id int, scan blob', ["(1, x'00ff')"])).rejects.toThrow(
      /column scan of data\.Tasks holds binary data, which a CSV cannot; .* It is the row with the key 1\.$/,
    );
  });

  test('ids that a language takes for equal are told apart and all come out', async () => {
    const columns = 'id varchar(20) character set utf8mb4 collate utf8mb4_general_ci, note text';
    const rows = await oddRows(made(), columns, [
      "('a', '1')",
      "('A', '2')",
      "('á', '3')",
      "('b', '4')",
      "('😀', '5')",
      "('Ａ', '6')",
    ]);
    expect(rows.map((row) => row.trim())).toEqual(['A,2', 'a,1', 'b,4', 'á,3', 'Ａ,6', '😀,5']);
  });

  async function oddRows(
    { server, sample, file }: ServerUnderTest,
    columns: string,
    rows: string[],
  ): Promise<string[]> {
    const fresh = `set sql_mode = ''; set time_zone = '+00:00'; set names utf8mb4; drop table if exists odd;
      create table odd (${columns}) character set utf8mb4; insert into odd values ${rows.join(', ')}`;
    await run('mysql', server.url, fresh);
    const { ats, source } = await openSourceFile(await withTasks(sample, file, 'odd'));
    try {
      const read = await Array.fromAsync(source.rows('acme', 'Tasks', ALL, WHOLE));
      return read.map(({ values }) => csvRow(values));
    } finally {
      await ats.close();
    }
  }
});
