import { createChance } from './chance.ts';
import { CURRENT_TITLES, candidateName, jobTitle, PHONES } from './names.ts';
import type { SampleClock } from './sample-clock.ts';
import type { SampleTables } from './tables.ts';

/** How many jobs an account of so many candidates has: a dozen, and more for a large one. */
export function jobCount(candidates: number): number {
  return Math.max(12, Math.ceil(candidates / 400));
}

/** Companies, contacts, jobs and folders of an account. */
export function writeJobs(
  tables: SampleTables,
  clock: SampleClock,
  accountId: string,
  jobs: number,
): void {
  const companies = Math.ceil(jobs / 2);
  for (let number = 1; number <= companies; number++) {
    const id = companyId(number);
    const website = number % 3 === 0 ? null : `https://company-${number}.example`;
    const industry = number % 4 === 0 ? '' : 'Services';
    const createdAt = clock.daysAgo(1_000 - (number % 300), number);
    tables.companies(
      accountId,
      id,
      `Company ${number} GmbH & Co. KG`,
      website,
      industry,
      createdAt,
    );
    for (let nth = 1; nth <= 2; nth++) {
      const contact = `P${String(number * 2 + nth - 2).padStart(6, '0')}`;
      const email = nth === 1 ? `contact${number}@company-${number}.example` : null;
      tables.contacts(
        accountId,
        contact,
        id,
        `Contact ${number}-${nth}`,
        email,
        '+1 555 0100',
        nth === 1 ? '-HR' : '',
        createdAt,
      );
    }
  }
  for (let number = 1; number <= jobs; number++) {
    const status = number % 5 === 0 ? 'closed' : 'open';
    const salary = number % 3 === 0 ? null : 45_000.5 + number;
    const company = companyId(1 + (number % companies));
    tables.jobs(
      accountId,
      jobId(number),
      jobTitle(number),
      company,
      status,
      1 + (number % 3),
      salary,
      clock.daysAgo(900 - (number % 500), number),
    );
  }
  for (let number = 1; number <= FOLDERS.length; number++) {
    tables.folders(accountId, folderId(number), FOLDERS[number - 1] ?? '');
  }
}

/** A candidate as the makers of its files need it. */
export type CandidateRow = {
  id: string;
  name: string | null;
  jobs: string[];
  createdDaysAgo: number;
};

/** A candidate with applications, folders, tasks and what the audit log says. */
export function writeCandidate(
  tables: SampleTables,
  clock: SampleClock,
  accountId: string,
  number: number,
  jobs: number,
): CandidateRow {
  const chance = createChance(`${accountId}/${number}`);
  const id = candidateId(number);
  const name = candidateName(number, chance);
  const createdDaysAgo = 1 + chance.below(800);
  const createdAt = clock.daysAgo(createdDaysAgo, number);
  const email = chance.below(20) === 0 ? null : `candidate${number}@mail.example`;
  const summary = chance.below(4) === 0 ? 'Speaks "five" languages,\nand likes = signs.' : null;
  const salary = chance.below(3) === 0 ? null : 30_000 + chance.below(60) * 1_000;
  tables.candidates(
    accountId,
    id,
    FIRST_LEGACY_ID + BigInt(number),
    name,
    email,
    chance.pick(PHONES),
    chance.pick(CURRENT_TITLES),
    salary,
    summary,
    createdAt,
  );

  // An unsolicited application has no job.
  const applied =
    number % 17 === 8 ? [''] : distinctJobs(1 + chance.below(3), jobs, chance.below(jobs));
  for (const job of applied) {
    const stage = chance.pick(STAGES);
    const rating = chance.below(3) === 0 ? null : 1 + chance.below(5);
    const updatedAt = clock.daysAgo(chance.below(createdDaysAgo), number);
    tables.applications(accountId, job, id, stage, rating, createdAt, updatedAt);
    tables.auditLogs(
      accountId,
      'U001',
      'stage_changed',
      `${job}/${id}`,
      `{"stage":"${stage}"}`,
      updatedAt,
    );
  }
  tables.auditLogs(accountId, 'U002', 'candidate_created', id, null, createdAt);
  if (number % 4 === 0)
    tables.folderRecords(accountId, folderId(1 + chance.below(FOLDERS.length)), id, createdAt);
  if (number % 3 === 0) {
    const title = number % 6 === 0 ? '=Call back' : 'Schedule an interview';
    const dueOn = clock.daysAgo(createdDaysAgo - 7, 0).slice(0, 10);
    tables.tasks(accountId, title, 'U003', applied[0] || null, id, dueOn, number % 2, createdAt);
  }
  return { id, name, jobs: applied, createdDaysAgo };
}

/** Ids of an older system, with more digits than a JavaScript number holds. */
const FIRST_LEGACY_ID = 9_007_199_254_740_992n;
const STAGES: [string, ...string[]] = [
  'applied',
  'screening',
  'interview',
  'offer',
  'hired',
  'rejected',
];
const FOLDERS = ['Talent pool', 'Do not contact', '东京 / Tokyo', '=Sum', 'Alumni'];

/** Job ids in order, each once. */
function distinctJobs(count: number, jobs: number, first: number): string[] {
  const numbers = Array.from({ length: count }, (_, nth) => 1 + ((first + nth * 5) % jobs));
  return [...new Set(numbers)].sort((a, b) => a - b).map(jobId);
}

export function jobId(number: number): string {
  return `J${String(number).padStart(5, '0')}`;
}

function candidateId(number: number): string {
  return `C${String(number).padStart(7, '0')}`;
}

function companyId(number: number): string {
  return `K${String(number).padStart(5, '0')}`;
}

function folderId(number: number): string {
  return `F${String(number).padStart(3, '0')}`;
}
