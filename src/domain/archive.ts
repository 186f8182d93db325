import type { DataSet, SourceFile } from './content.ts';
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

/** Where the nth CSV of a data set stands in its part: `Data Files/Audit_Logs_2.csv`. */
export function dataSetPath(dataSet: DataSet, volume: number): string {
  return `${SECTION_FOLDERS.data}/${dataSet}${volume > 1 ? `_${volume}` : ''}.csv`;
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
 */
export type Paths = {
  /** The path of the next file. */
  next(file: SourceFile): string;
  /** True when this file would begin another folder than the one before. */
  beginsFolder(file: SourceFile): boolean;
};

export function createPaths(): Paths {
  let place: SourceFile | null = null;
  let folder = '';
  let taken = new Map<string, number>();

  function beginsFolder(file: SourceFile): boolean {
    return (
      place === null ||
      place.jobId !== file.jobId ||
      place.candidateId !== file.candidateId ||
      place.section !== file.section
    );
  }

  function next(file: SourceFile): string {
    if (beginsFolder(file)) {
      place = file;
      folder = folderOf(file);
      taken = new Map();
    }
    return `${folder}/${uniqueName(file.name, taken, MAX_PATH_UNITS - folder.length - 1)}`;
  }

  return { next, beginsFolder };
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
