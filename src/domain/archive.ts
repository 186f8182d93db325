import type { DataSet, SourceFile } from './content.ts';
import { ExportFailure } from './failure.ts';
import { safeFileName, safeFolderName } from './safe-name.ts';

/** The top folders of the three sections, as a recruiter reads them. */
export const SECTION_FOLDERS = {
  data: 'Data Files',
  attachments: 'Attachments',
  cvs: 'Internal CVs',
} as const;

/** The whole path stays below the 260 characters of Windows with room for the folder it is extracted into. */
const MAX_PATH_UNITS = 198;
const MAX_JOB_UNITS = 64;
const MAX_CANDIDATE_UNITS = 60;
const MAX_FILE_UNITS = 80;

/**
 * Where the nth CSV of a data set stands in its part: `Data Files/Audit_Logs_2.csv`. Rows of a supplement never take
 * the place of the whole table: `Data Files/Audit_Logs_supplement_1.csv`.
 */
export function dataSetPath(dataSet: DataSet, volume: number, supplement: number | null): string {
  const name = supplement === null ? dataSet : `${dataSet}_supplement_${supplement}`;
  return `${SECTION_FOLDERS.data}/${name}${volume > 1 ? `_${volume}` : ''}.csv`;
}

/** A file that came later, as it is called in a supplement, so that it does not meet one of the export itself. */
export function supplementName(name: string, supplement: number): string {
  const dot = name.lastIndexOf('.');
  const at = dot > 0 ? dot : name.length;
  return `${name.slice(0, at)} (supplement ${supplement})${name.slice(at)}`;
}

/** Where the contents CSV stands in a part. */
export function contentsPath(partName: string): string {
  return `Contents/${partName.replace(/\.zip$/, '')}.csv`;
}

/** The folder of a file: section, job, candidate. */
export function folderOf(file: SourceFile): string {
  return [SECTION_FOLDERS[file.section], jobFolder(file), ...candidateFolder(file)].join('/');
}

function jobFolder(file: SourceFile): string {
  if (!file.jobId) return 'No job';
  return safeFolderName(file.jobTitle ?? '', file.jobId, 'Job', MAX_JOB_UNITS);
}

function candidateFolder(file: SourceFile): string[] {
  if (!file.candidateId) return [];
  const name = file.candidateName ?? '';
  return [safeFolderName(name, file.candidateId, 'Candidate', MAX_CANDIDATE_UNITS)];
}

/**
 * Gives every file its path, unique without regard to case. It remembers one folder at a time, so the files must come
 * in the order of their list, where those of one job and candidate stand together.
 * @throws ExportFailure `source_unreadable` when they do not
 */
export type Paths = {
  /** The path of the next file. */
  next(file: SourceFile): string;
};

export function createPaths(): Paths {
  let place: SourceFile | null = null;
  let folder = '';
  let taken = new Map<string, number>();
  const left = new Set<string>();

  function next(file: SourceFile): string {
    if (place === null || !sameFolder(place, file)) {
      left.add(folder);
      place = file;
      folder = folderOf(file);
      if (left.has(folder)) throw notTogether(file);
      // Enough to find out a list in another order, and no more memory for a million candidates.
      if (left.size > MAX_FOLDERS_REMEMBERED) left.clear();
      taken = new Map();
    }
    return `${folder}/${uniqueName(file.name, taken, MAX_PATH_UNITS - folder.length - 1)}`;
  }

  return { next };
}

const MAX_FOLDERS_REMEMBERED = 20_000;

function sameFolder(a: SourceFile, b: SourceFile): boolean {
  return (
    a.section === b.section &&
    (a.jobId || '') === (b.jobId || '') &&
    (a.candidateId || '') === (b.candidateId || '')
  );
}

/** Names given in the folder before are forgotten: going on could give the same path to two files. */
function notTogether(file: SourceFile): ExportFailure {
  return new ExportFailure(
    'source_unreadable',
    `The list ${file.section} does not keep the files of one job and candidate together; begin its key with job and candidate (at key ${JSON.stringify(file.key)}).`,
  );
}

/** `cv.pdf`, then `cv (2).pdf`. `taken` holds the folded names, each with the last number that was tried. */
function uniqueName(name: string, taken: Map<string, number>, roomUnits: number): string {
  const maxUnits = Math.min(MAX_FILE_UNITS, roomUnits);
  const plain = safeFileName(name, maxUnits);
  let unique = plain;
  let number = taken.get(fold(plain)) ?? 1;
  while (taken.has(fold(unique))) unique = safeFileName(name, maxUnits, ` (${++number})`);
  taken.set(fold(unique), 1);
  taken.set(fold(plain), number);
  return unique;
}

/** What file systems that ignore case may take for the same name; rather too much than too little. */
export function fold(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Types that deflate makes smaller; what is not here is compressed already, or unknown, and is stored. */
const COMPRESSIBLE = new Set(
  'bmp csv doc eml htm html ics json log md msg ppt rtf svg tif tiff tsv txt vcf wav xls xml'.split(
    ' ',
  ),
);

export function isCompressible(path: string): boolean {
  return COMPRESSIBLE.has(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}
