import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedSource, openSourceFile } from '../../../src/adapters/ats/open-source.ts';
import { trySource } from '../../../src/adapters/ats/try-source.ts';
import { approvedByOperator } from '../../../src/domain/approval.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../../src/domain/options.ts';
import { reportText } from '../../../src/domain/source-report.ts';
import { type DatabaseServer, hasMariadb, startMariadb } from '../../support/database-server.ts';
import { hasOpencatsSchema, makeOpencats, SITES, type SiteFile } from '../../support/opencats.ts';
import { build } from '../../support/pipeline.ts';
import { readZip } from '../../support/zips.ts';

/** How many rows of which tables a data set holds. */
const COUNTS = {
  Attachments: ['attachment'],
  Audit_Logs: ['activity', 'history'],
  Candidates: ['candidate'],
  Companies: ['company'],
  Contacts: ['contact'],
  Folder_Records: ['saved_list_entry', 'saved_list where description = "Empty" and true'],
  Job_Pipelines: ['candidate_joborder'],
  Jobs: ['joborder'],
  Tasks: ['calendar_event'],
  Users: ['user'],
};

describe.skipIf(!hasMariadb || !hasOpencatsSchema)('OpenCATS', () => {
  let dir: string;
  let server: DatabaseServer;
  let connection: Connection;
  let files: Map<number, SiteFile[]>;
  let opened: OpenedSource;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'waybill-opencats-'));
    server = await startMariadb();
    files = await makeOpencats(server.url, join(dir, 'attachments'));
    connection = await mysql.createConnection({ uri: server.url });
    const lines = ['preset: opencats', 'database:', `  mysql: ${server.url}`, 'storage:'];
    lines.push('  folder: attachments/site_{account}');
    await writeFile(join(dir, 'source.yaml'), lines.join('\n'));
    opened = await openSourceFile(join(dir, 'source.yaml'));
  }, 120_000);
  afterAll(async () => {
    await opened.ats.close();
    await connection.end();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function count(table: string, site: number): Promise<number> {
    const where = table.includes(' where ') ? 'and' : 'where';
    const sql = `select count(*) as n from ${table} ${where} site_id = ?`;
    const [rows] = await connection.query<RowDataPacket[]>(
      sql.replace('from user', 'from `user`'),
      [site],
    );
    return Number(rows[0]?.n);
  }

  async function exported(site: number, options: Partial<ExportOptions> = {}) {
    const root = join(dir, `export-${site}-${Object.keys(options).join('-')}`);
    const order = { accountId: String(site), options: { ...DEFAULT_OPTIONS, ...options } };
    const built = await build(root, opened.source, {}, { order: approvedByOperator(order) });
    const entries = new Map<string, Buffer>();
    for (const { name } of built.receipts) {
      for (const entry of await readZip(join(root, 'e1', name))) entries.set(...entry);
    }
    const csv = (name: string): Record<string, string>[] =>
      parse(entries.get(`Data Files/${name}.csv`) ?? '', { bom: true, columns: true });
    return { entries, csv, missing: built.manifest.missing };
  }

  test.each(SITES)('site %d is exported whole, and nothing of the other', async (site) => {
    const { entries, csv, missing } = await exported(site);
    expect(missing).toEqual([]);
    for (const [name, tables] of Object.entries(COUNTS)) {
      const counts = await Promise.all(tables.map((table) => count(table, site)));
      const rows = counts.reduce((sum, one) => sum + one, 0);
      expect(rows, name).toBeGreaterThan(0);
      expect(csv(name), name).toHaveLength(rows);
    }
    const other = SITES.find((one) => one !== site);
    const text = [...entries.values()].map(String).join('\n');
    for (const sign of ['Company %-', 'called %', 'changed %', 'at site %', '@site%.example']) {
      expect(text).toContain(sign.replace('%', String(site)));
      expect(text).not.toContain(sign.replace('%', String(other)));
    }
    const contents = [...entries.values()].map(String);
    for (const file of files.get(site) ?? []) {
      const copies = contents.filter((content) => content === file.content).length;
      expect(copies, file.content).toBe(file.isResume ? await jobsOf(site, file.id) : 1);
    }
  });

  /** A resume comes once for each job of its candidate, and once when there is none. */
  async function jobsOf(site: number, attachment: number): Promise<number> {
    const [rows] = await connection.query<RowDataPacket[]>(
      'select count(*) as n from candidate_joborder p, attachment a where a.attachment_id = ? and p.candidate_id = a.data_item_id and p.site_id = ?',
      [attachment, site],
    );
    return Math.max(1, Number(rows[0]?.n));
  }

  test('values are what was put in: NULL, empty, line breaks, other scripts, times', async () => {
    const { entries, csv } = await exported(2, { sections: ['data'] });
    const candidates = csv('Candidates');
    expect(candidates[0]?.last_name).toBe('2-1 山田');
    expect(candidates[0]?.first_name).toBe('Зоя');
    expect(candidates[0]?.date_created).toBe('2026-02-03T04:05:06.000Z');
    expect(candidates[3]?.notes).toBe('Two\r\nlines, "quoted"');
    const lines = String(entries.get('Data Files/Candidates.csv')).split('\r\n');
    expect(lines[1]).toMatch(/^\d+,Зоя,,/);
    expect(lines[2]).toMatch(/^\d+,Зоя,"",/);
    expect(Object.keys(csv('Users')[0] ?? {})).not.toContain('password');
  });

  test('jobs and their resumes alone can be asked for', async () => {
    const jobs = await opened.ats.jobs('2');
    const { csv, entries } = await exported(2, { jobs: [jobs[0]?.id ?? ''] });
    expect(csv('Jobs').map((job) => job.title)).toEqual(['Job 2-1']);
    expect(csv('Candidates').length).toBeGreaterThan(5);
    expect(csv('Candidates').length).toBe(csv('Job_Pipelines').length);
    const paths = [...entries.keys()].filter((path) => path.startsWith('Internal CVs/'));
    expect(paths).toHaveLength(csv('Candidates').length);
    expect(paths.every((path) => path.startsWith('Internal CVs/Job 2-1'))).toBe(true);
  });

  test('the doctor is content, and names tables that know no snapshots', async () => {
    const report = await trySource(join(dir, 'source.yaml'), {}, '2');
    const text = reportText(report);
    expect(text).toContain('Everything that an export needs is in order.');
    expect(text).toMatch(
      /note {2}\d+ tables, such as .* are kept by MyISAM or Aria, which know no snapshots/,
    );
    expect(text).toMatch(/data\.Audit_Logs: makes all its rows anew for each page/);
    expect(report.files).toEqual({ tried: 10, opened: 10 });
  });

  test('administrators may ask, in their own site only', async () => {
    const { ats } = opened;
    const [owner] = await ats.peopleByEmail('owner2@SITE.example');
    expect(owner).toMatchObject({ accountId: '2', role: 'admin', email: 'Owner2@site.example' });
    expect((await ats.peopleByEmail('reader2@site.example'))[0]?.role).toBe('other');
    expect((await ats.admins('2')).map((person) => person.email)).toEqual(['Owner2@site.example']);
    for (const nobody of ['0', '2abc', 'x', "2' or '1'='1", '99']) {
      expect(await ats.account(nobody)).toBeNull();
    }
  });

  test('an attachment that points into the folder of the other site is not given out', async () => {
    const [mine] = files.get(1) ?? [];
    const [theirs] = files.get(2) ?? [];
    const move =
      'update attachment a, attachment b set a.directory_name = b.directory_name where a.attachment_id = ? and b.attachment_id = ?';
    const [before] = await connection.query<RowDataPacket[]>(
      'select directory_name as folder from attachment where attachment_id = ?',
      [mine?.id],
    );
    await connection.query(move, [mine?.id, theirs?.id]);
    try {
      const { entries, missing } = await exported(1, { sections: ['cvs'] });
      expect(missing.map((file) => [file.fileId, file.reason])).toContainEqual([
        String(mine?.id),
        'outside_root',
      ]);
      expect([...entries.values()].map(String).join()).not.toContain('at site 2');
    } finally {
      const back = 'update attachment set directory_name = ? where attachment_id = ?';
      await connection.query(back, [before[0]?.folder, mine?.id]);
    }
  });
});
