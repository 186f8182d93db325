import path from 'node:path';
import Database from 'better-sqlite3';
import { SAMPLE_ACCOUNTS, SAMPLE_PEOPLE, type SampleAccount } from './accounts.ts';
import { type Attacher, attachDocuments, attachJobDescription, attachResumes } from './attached.ts';
import { createDocumentMaker } from './documents.ts';
import { createFileWriter } from './file-writer.ts';
import { jobCount, writeCandidate, writeJobs } from './rows.ts';
import { createSampleClock, type SampleClock } from './sample-clock.ts';
import type { SampleArguments } from './sample-folder.ts';
import { ACCESS_DATABASE } from './sample-folder.ts';
import { ACCESS_TABLE, INDEXES, TABLES } from './schema.ts';
import { createTables, type SampleTables } from './tables.ts';

/** How far the making of a sample is. */
export type SampleProgress = { candidates: { done: number; total: number }; bytes: number };

/** What was written. */
export type SampleSize = { candidates: number; files: number; bytes: number };

/** The accounts other than Acme stay small whatever the size of the sample. */
const SMALL_ACCOUNT_CANDIDATES = 24;

/** Fills a folder with database and files; the same arguments give the same bytes. */
export async function writeSample(
  dir: string,
  wanted: SampleArguments,
  onProgress: (progress: SampleProgress) => void,
): Promise<SampleSize> {
  const writer = createFileWriter(path.join(dir, 'files'));
  const attachments = await createDocumentMaker(Math.ceil(wanted.bytesPerFile / 4));
  const resumes = await createDocumentMaker(wanted.bytesPerFile);
  const clock = createSampleClock(wanted.today);
  createAccessDatabase(path.join(dir, ACCESS_DATABASE));
  const database = createDatabase(path.join(dir, 'ats.sqlite'));
  try {
    const tables = createTables(database);
    const sizes = SAMPLE_ACCOUNTS.map((account) => candidatesOf(account, wanted.candidates));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let done = 0;
    for (const [index, account] of SAMPLE_ACCOUNTS.entries()) {
      const at: Attacher = {
        account: account.id,
        tables,
        clock,
        resumes: index === 0 ? resumes : attachments,
        attachments,
        writer,
        shared: wanted.bytesPerFile === 0 ? new Map() : null,
      };
      writeAccount(tables, clock, account);
      for await (const _ of writeContent(at, sizes[index] ?? 0)) {
        done += 1;
        if (done % 50 === 0)
          onProgress({ candidates: { done, total }, bytes: writer.written().bytes });
      }
    }
    await writer.finish();
    database.exec('commit');
    database.exec(INDEXES);
    onProgress({ candidates: { done, total }, bytes: writer.written().bytes });
    return { candidates: total, ...writer.written() };
  } finally {
    database.close();
  }
}

/** A database that is thrown away when its making is broken off: it needs no journal file and no waiting for the disk. */
function createDatabase(file: string): Database.Database {
  const database = new Database(file);
  database.pragma('page_size = 4096');
  database.pragma('journal_mode = memory');
  database.pragma('synchronous = off');
  database.pragma('locking_mode = exclusive');
  database.pragma('cache_size = -32000');
  database.exec(TABLES);
  database.exec('begin');
  return database;
}

/** Where the sample keeps who was let in for some hours. */
function createAccessDatabase(file: string): void {
  const database = new Database(file);
  database.exec(ACCESS_TABLE);
  database.close();
}

function candidatesOf(account: SampleAccount, candidates: number): number {
  return account.id === 'acme' ? candidates : Math.min(candidates, SMALL_ACCOUNT_CANDIDATES);
}

function writeAccount(tables: SampleTables, clock: SampleClock, account: SampleAccount): void {
  const closedAt = account.closedDaysAgo === null ? null : clock.daysAgo(account.closedDaysAgo, 1);
  tables.accounts(account.id, account.name, closedAt ? 'closed' : 'open', closedAt);
  for (const person of SAMPLE_PEOPLE.filter(({ accountId }) => accountId === account.id)) {
    const addedAt = clock.daysAgo(person.addedDaysAgo, 2);
    tables.users(account.id, person.id, person.name, person.email, person.role, null, addedAt);
  }
  const paid = clock.daysAgo(100, 0).slice(0, 10);
  tables.invoices(account.id, 'INV-1001', '1249.00', 'USD', paid, paid);
  for (const { number, amount, currency, dueDaysAgo } of account.unpaid) {
    tables.invoices(
      account.id,
      number,
      amount,
      currency,
      clock.daysAgo(dueDaysAgo, 0).slice(0, 10),
      null,
    );
  }
}

/** Yields after each candidate. */
async function* writeContent(at: Attacher, candidates: number): AsyncGenerator<void> {
  const jobs = jobCount(candidates);
  writeJobs(at.tables, at.clock, at.account, jobs);
  for (let number = 1; number <= jobs; number++) await attachJobDescription(at, number);
  for (let number = 1; number <= candidates; number++) {
    const candidate = writeCandidate(at.tables, at.clock, at.account, number, jobs);
    await attachResumes(at, candidate, number);
    await attachDocuments(at, candidate, number);
    yield;
  }
}
