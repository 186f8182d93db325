import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { openSourceFile } from '../../src/adapters/ats/open-source.ts';
import { ExportFailure } from '../../src/domain/failure.ts';
import { buildExport } from '../../src/flow/build.ts';
import { planExport } from '../../src/flow/plan-export.ts';
import { build, jobOf, NOW } from '../support/pipeline.ts';
import type { ServerUnderTest } from './database-server.ts';

const ALL = { jobs: null, from: null, to: null };
const WHOLE = { after: null, upTo: null };

/** What happens when others write, hang up, or when a query forgets the account. */
export function describeChanges(kind: 'postgres' | 'mysql', made: () => ServerUnderTest): void {
  describe('while others are at work', () => {
    const candidates = async (source: Awaited<ReturnType<typeof openSourceFile>>['source']) =>
      (await Array.fromAsync(source.rows('acme', 'Candidates', ALL, WHOLE))).map(
        ({ key }) => key[0],
      );

    test('a snapshot stays as it was, and the source itself does not', async () => {
      const { ats, source } = await openSourceFile(made().file);
      const before = await candidates(source);
      const add =
        "insert into candidates (account_id, id, legacy_id, created_at) select 'acme', 'C9000001', 1, created_at from candidates where account_id = 'acme' and id = 'C0000001'";
      await source.snapshot(async (frozen) => {
        const totals = await frozen.totals('acme', ALL);
        await run(kind, made().server.url, add);
        await run(
          kind,
          made().server.url,
          "delete from candidates where id = 'C0000100' and account_id = 'acme'",
        );
        expect(await candidates(frozen)).toEqual(before);
        expect(await frozen.totals('acme', ALL)).toEqual(totals);
      });
      const after = await candidates(source);
      expect(after).toEqual([...before.filter((id) => id !== 'C0000100'), 'C9000001']);
      await ats.close();
    });

    test('a connection that is ended is made again, and the list goes on at its key', async () => {
      const { ats, source } = await openSourceFile(made().file);
      const before = await candidates(source);
      const seen: unknown[] = [];
      for await (const row of source.rows('acme', 'Candidates', ALL, WHOLE)) {
        seen.push(row.key[0]);
        if (seen.length === 50) await hangUp(kind, made().server.url);
      }
      expect(seen).toEqual(before);
      await ats.close();
    });

    test('a snapshot whose server dies goes on in a new one, and says so', async () => {
      const said: string[] = [];
      const notice = (text: string): void => void said.push(text);
      const { ats, source } = await openSourceFile(made().file, { notice });
      const before = await candidates(source);
      const seen: unknown[] = [];
      await source.snapshot(async (frozen) => {
        for await (const row of frozen.rows('acme', 'Candidates', ALL, WHOLE)) {
          seen.push(row.key[0]);
          if (seen.length === 50) await made().server.restart();
        }
      });
      expect(seen).toEqual(before);
      expect(said.join('\n')).toMatch(/hung up in the middle of a snapshot; a new one goes on/);
      await ats.close();
    });

    test('what comes and goes between plan and ZIP is explained, and nothing fails', async () => {
      const { sample, server, file } = made();
      const { ats, source } = await openSourceFile(file);
      const job = jobOf(join(sample.dir, 'changing'), source);
      await planExport({ ...job, now: NOW });
      const write = (sql: string) => run(kind, server.url, sql);
      await write("delete from candidates where account_id = 'acme' and id = 'C0000150'");
      await write(
        "delete from documents where account_id = 'acme' and section = 'cv' and candidate_id = 'C0000151'",
      );
      await write(
        "insert into candidates (account_id, id, legacy_id, created_at) select 'acme', 'C0000150b', 1, created_at from candidates where account_id = 'acme' and id = 'C0000001'",
      );
      const { manifest } = await buildExport(job);
      const of = (reason: string, lines: { section: string; fileId: string; reason: string }[]) =>
        lines.filter((line) => line.reason === reason);
      const gone = of('gone_since_plan', manifest.missing);
      expect(gone.filter(({ section }) => section === 'data').map(({ fileId }) => fileId)).toEqual([
        'C0000150',
      ]);
      expect(gone.filter(({ section }) => section === 'cvs').length).toBeGreaterThan(0);
      expect(of('added_since_plan', manifest.added).map(({ fileId }) => fileId)).toContain(
        'C0000150b',
      );
      await ats.close();
    });

    test.each([
      [
        'a data set',
        'from users\n      where account_id = :account',
        "from users\n      where :account <> ''",
      ],
      [
        'a list of files',
        "where d.account_id = :account and d.section = 'attachment'\n    key: [job_id, candidate_id, file_id]",
        "where :account <> '' and d.section = 'attachment'\n    key: [job_id, candidate_id, file_id]",
      ],
    ])('a query of %s that forgets the account stops the export', async (_, right, wrong) => {
      const { file, sample } = made();
      const yaml = await readFile(file, 'utf8');
      const changed = yaml.replace(right, wrong);
      expect(changed).not.toBe(yaml);
      const forgetful = join(sample.dir, 'forgetful.yaml');
      await writeFile(forgetful, changed);
      const { ats, source } = await openSourceFile(forgetful);
      const error = await build(join(sample.dir, 'out'), source).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ExportFailure);
      expect((error as ExportFailure).reason).toBe('foreign_row');
      await expect(source.totals('acme', ALL)).rejects.toMatchObject({ reason: 'foreign_row' });
      await ats.close();
    });

    test.each(['admins', 'invoices', 'jobs'] as const)(
      'a query of %s that forgets the account gives nothing at all',
      async (name) => {
        const { file, sample } = made();
        const yaml = await readFile(file, 'utf8');
        const from = yaml.indexOf(`  ${name}: `);
        const changed =
          yaml.slice(0, from) + yaml.slice(from).replace('account_id = :account', ":account <> ''");
        const forgetful = join(sample.dir, 'forgetful.yaml');
        await writeFile(forgetful, changed);
        const { ats } = await openSourceFile(forgetful);
        const ask = { admins: ats.admins, invoices: ats.unpaidInvoices, jobs: ats.jobs }[name];
        await expect(ask('acme')).rejects.toThrow(`queries.${name} gave a row of another account`);
        await ats.close();
      },
    );
  });
}

/** Runs a statement as the ATS would. */
export async function run(kind: 'postgres' | 'mysql', url: string, sql: string): Promise<unknown> {
  if (kind === 'postgres') {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  }
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  return connection.query(sql).finally(() => connection.end());
}

/** Ends all connections but our own. */
async function hangUp(kind: 'postgres' | 'mysql', url: string): Promise<void> {
  if (kind === 'postgres') {
    await run(
      kind,
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'waybill'",
    );
    return;
  }
  const connection = await mysql.createConnection({ uri: url });
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    "select id from information_schema.processlist where id <> connection_id() and user = 'root'",
  );
  for (const { id } of rows) await connection.query(`kill ${id}`).catch(() => {});
  await connection.end();
}
