import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { generateSample } from '../../src/adapters/sample/sample.ts';
import { measure, say } from './measure.ts';

/**
 * Plans an account of a million candidates and three million rows of files: nothing of it is held in memory, and the
 * plan itself stays small. Beside it the same with a tenth of it, and a program
 * that takes all rows at once. It is planned in a thread with a heap of its own, as the bot does it.
 */
const { values } = parseArgs({ options: { candidates: { type: 'string', default: '1000000' } } });
const CANDIDATES = Number(values.candidates);
const LIMIT_MEGABYTES = 300;

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
try {
  const small = await planned(CANDIDATES / 10);
  const large = await planned(CANDIDATES);
  say(
    `${CANDIDATES} candidates, ${large.files} file rows: planned in ${large.seconds.toFixed(0)} s, peak ${large.peakMegabytes.toFixed(0)} MB`,
    `under ${LIMIT_MEGABYTES} MB`,
    large.peakMegabytes < LIMIT_MEGABYTES,
  );
  const ratio = large.peakMegabytes / small.peakMegabytes;
  say(
    `ten times the rows take ${ratio.toFixed(2)} of the memory (${small.peakMegabytes.toFixed(0)} MB)`,
    'at most 1.5',
    ratio <= 1.5,
  );
  const kilobytes = large.planBytes / 1000;
  say(
    `the plan of ${large.parts} parts has ${kilobytes.toFixed(0)} kB`,
    'under 1000 kB',
    kilobytes < 1_000,
  );
  const all = measure('all-rows.ts', [large.sourceFile]);
  console.log(
    `taking the candidates and file rows at once, for comparison: ${all.seconds.toFixed(0)} s, peak ${all.peakMegabytes.toFixed(0)} MB (${(all.peakMegabytes / large.peakMegabytes).toFixed(1)} times as much)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function planned(candidates: number) {
  const dir = join(folder, `${candidates}`);
  const startedAt = performance.now();
  const { sourceFile } = await generateSample({ dir, candidates: 100, bytesPerFile: 0 });
  const files = multiply(join(dir, 'ats.sqlite'), candidates);
  console.log(
    `made in ${((performance.now() - startedAt) / 1000).toFixed(0)} s: ${files} file rows`,
  );
  const measured = measure('plan-source.ts', [sourceFile, dir]);
  const plan = JSON.parse(readFileSync(join(dir, 'planned.json'), 'utf8'));
  return { ...measured, sourceFile, files, parts: plan.parts, planBytes: plan.bytes };
}

/** Makes candidates, applications, resumes and attachments in the database itself; files are not needed to plan. */
function multiply(file: string, candidates: number): number {
  const database = new Database(file);
  database.pragma('journal_mode = off');
  database.pragma('synchronous = off');
  database.pragma('cache_size = -200000');
  database.exec(`
    delete from documents where account_id = 'acme'; delete from applications where account_id = 'acme';
    delete from candidates where account_id = 'acme';
    drop index documents_by_candidate; drop index documents_by_job; drop index applications_by_candidate;
    create temp table n as with recursive n (i) as (select 1 union all select i + 1 from n where i < ${candidates})
      select i, printf('C%07d', i) as id from n;
    insert into candidates select 'acme', id, i, 'Candidate ' || i, 'c' || i || '@mail.example', '+49 30 ' || i, 'Welder',
      50000, printf('%.*c', 200, 'x'), '2026-01-02T03:04:05.000Z' from n;
    insert into applications select 'acme', printf('J%05d', 1 + (i % 12)), id, 'applied', null,
      '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z' from n;
    insert into documents select 'acme', i, 'cv', 'candidate', '', id, null, 'resume ' || i || '.pdf', 'cvs/' || id,
      140000, 'U001', '2026-01-02T03:04:05.000Z' from n;
    insert into documents select 'acme', ${candidates} * k + i, 'attachment', 'candidate', printf('J%05d', 1 + (i % 12)),
      id, null, 'letter ' || i || '.pdf', 'attachments/' || id, 40000, 'U001', '2026-01-02T03:04:05.000Z'
      from n, (select 1 as k union all select 2);
    create index applications_by_candidate on applications (account_id, candidate_id, job_id);
    create index documents_by_candidate on documents (account_id, section, candidate_id, id);
    create index documents_by_job on documents (account_id, section, job_id, candidate_id, id);
  `);
  const count = database.prepare<[], number>(
    "select count(*) from documents where account_id = 'acme'",
  );
  const rows = count.pluck(true).get() ?? 0;
  database.close();
  if (statSync(file).size < candidates * 500) throw new Error('The database is too small.');
  return rows;
}
