import { createChance } from './chance.ts';
import type { DocumentKind, DocumentMaker } from './documents.ts';
import type { FileWriter } from './file-writer.ts';
import { HOSTILE_FILE_NAMES } from './names.ts';
import { type CandidateRow, jobId } from './rows.ts';
import type { SampleClock } from './sample-clock.ts';
import type { SampleTables } from './tables.ts';

/** Makes the documents of one account: rows in the database and bytes in the folder. */
export type Attacher = {
  account: string;
  tables: SampleTables;
  clock: SampleClock;
  resumes: DocumentMaker;
  attachments: DocumentMaker;
  writer: FileWriter;
  /** With it, all documents of a kind are one file, whose size it knows: rows by the million without as many files. */
  shared: Map<string, number> | null;
};

/** These candidates have what programs stumble over: files of one name, an empty file, a file that is gone. */
const SAME_NAMES = 5;
const EMPTY = 6;
const GONE = 7;

/** The resumes of a candidate: mostly one, for some two of the same name, for a few none. */
export async function attachResumes(
  at: Attacher,
  candidate: CandidateRow,
  number: number,
): Promise<void> {
  const chance = createChance(`${at.account}/${number}/cv`);
  const base = HOSTILE_FILE_NAMES[number - 1] ?? `${candidate.name ?? 'Resume'} CV`.slice(0, 200);
  const names = number === SAME_NAMES ? ['Resume', 'Resume', 'RESUME'] : [base];
  if (number % 12 === 0) names.push(base);
  if (number % 40 === 0) names.length = 0;
  for (const [nth, name] of names.entries()) {
    // Word at least on the first few, so that small samples have each kind.
    const kind = number <= 3 ? KINDS[number - 1] : chance.pick(RESUME_KINDS);
    await attach(at, {
      section: 'cv',
      attachedTo: 'candidate',
      jobId: '',
      candidate,
      noteId: null,
      name,
      kind: number >= SAME_NAMES && number <= GONE ? 'pdf' : (kind ?? 'pdf'),
      file: `cvs/${String(Math.floor(number / 1_000)).padStart(4, '0')}/${candidate.id}-${nth + 1}`,
      state: number === EMPTY ? 'empty' : number === GONE ? 'gone' : 'whole',
      daysAgo: candidate.createdDaysAgo,
    });
  }
}

/** Certificates and letters of a candidate, some of them attached to a note. */
export async function attachDocuments(
  at: Attacher,
  candidate: CandidateRow,
  number: number,
): Promise<void> {
  if (number > 12 && number % 4 !== 0) return;
  const chance = createChance(`${at.account}/${number}/documents`);
  const names = number === SAME_NAMES ? ['Diploma', 'diploma', 'Diploma'] : ['Certificate'];
  const onNote = number % 3 === 0;
  const noteId = onNote ? at.tables.notes(at.account, candidate.id, 'Called;\n"very" keen.') : null;
  for (const [nth, name] of names.entries()) {
    await attach(at, {
      section: 'attachment',
      attachedTo: onNote ? 'note' : 'candidate',
      jobId: number % 2 === 0 ? (candidate.jobs[0] ?? '') : '',
      candidate,
      noteId,
      name: HOSTILE_FILE_NAMES[number - 4] ?? name,
      kind: number === SAME_NAMES ? 'png' : chance.pick(KINDS),
      file: `attachments/${String(Math.floor(number / 1_000)).padStart(4, '0')}/${candidate.id}-${nth + 1}`,
      state: 'whole',
      daysAgo: chance.below(candidate.createdDaysAgo),
    });
  }
}

/** The description of a job, as a file that belongs to no candidate. */
export async function attachJobDescription(at: Attacher, number: number): Promise<void> {
  await attach(at, {
    section: 'attachment',
    attachedTo: 'job',
    jobId: jobId(number),
    candidate: null,
    noteId: null,
    name: 'Job description',
    kind: number % 2 === 0 ? 'docx' : 'txt',
    file: `jobs/${String(Math.floor(number / 1_000)).padStart(4, '0')}/${jobId(number)}`,
    state: 'whole',
    daysAgo: 300 + (number % 300),
  });
}

const KINDS: [DocumentKind, ...DocumentKind[]] = ['pdf', 'docx', 'png', 'txt'];
const RESUME_KINDS: [DocumentKind, ...DocumentKind[]] = [
  'pdf',
  'pdf',
  'pdf',
  'pdf',
  'pdf',
  'docx',
  'docx',
  'docx',
  'png',
  'txt',
];

type Attachment = {
  section: 'cv' | 'attachment';
  attachedTo: 'candidate' | 'note' | 'job';
  jobId: string;
  candidate: CandidateRow | null;
  noteId: number | null;
  name: string;
  kind: DocumentKind;
  /** Path below the account's folder, without extension. */
  file: string;
  state: 'whole' | 'empty' | 'gone';
  daysAgo: number;
};

async function attach(at: Attacher, one: Attachment): Promise<void> {
  const shared = at.shared !== null && one.state === 'whole';
  const path = `${shared ? `shared/${one.section}` : one.file}.${one.kind}`;
  const known = shared ? at.shared?.get(path) : undefined;
  const bytes = known === undefined ? bytesOf(at, one, path) : null;
  const sizeBytes = known ?? bytes?.length ?? 0;
  at.tables.documents(
    at.account,
    one.section,
    one.attachedTo,
    one.jobId,
    one.candidate?.id ?? '',
    one.noteId,
    one.name === '' ? '' : `${one.name}.${one.kind}`,
    path,
    sizeBytes,
    'U004',
    at.clock.daysAgo(one.daysAgo, sizeBytes),
  );
  if (shared) at.shared?.set(path, sizeBytes);
  if (bytes && one.state !== 'gone') await at.writer.write(`${at.account}/${path}`, bytes);
}

function bytesOf(at: Attacher, one: Attachment, path: string): Buffer {
  if (one.state === 'empty') return Buffer.alloc(0);
  const make = one.section === 'cv' ? at.resumes : at.attachments;
  const title = one.candidate?.name ?? one.name;
  const line = `${one.candidate?.id ?? one.jobId} at ${at.account}, ${path}`;
  return make(one.kind, { title, line, seed: `${at.account}/${path}` });
}
