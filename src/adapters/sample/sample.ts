import path from 'node:path';
import { type SampleProgress, type SampleSize, writeSample } from './generate.ts';
import {
  beginSample,
  finishSample,
  type SampleArguments,
  SampleProblem,
  SOURCE_FILE,
  stateOf,
} from './sample-folder.ts';

/** The sample that `npm start` makes: about 40 MB in account `acme`. */
export const DEFAULT_SAMPLE = { candidates: 240, bytesPerFile: 140_000 } as const;

export type SampleOptions = {
  dir: string;
  /** Candidates of account `acme`. */
  candidates: number;
  /** Size of a resume; 0 lets all rows share a few files, for millions of rows. */
  bytesPerFile: number;
  /** ISO date from which the times of the sample are counted back; unset: today in UTC. */
  today?: string | undefined;
  onProgress?: ((progress: SampleProgress) => void) | undefined;
};

/** `made` is null when the folder already held this sample. */
export type SampleResult = { dir: string; sourceFile: string; made: SampleSize | null };

/**
 * Makes a sample ATS. A folder that holds the same sample is left as it is, one that was broken off is made anew.
 * @throws SampleProblem when the folder holds anything else, or cannot be written.
 */
export async function generateSample(options: SampleOptions): Promise<SampleResult> {
  const wanted = checked(options);
  const state = stateOf(options.dir);
  if (state.is === 'other') {
    throw new SampleProblem(`${options.dir} holds other files; choose an empty folder.`);
  }
  if (state.is === 'sample') {
    if (!state.current) {
      throw new SampleProblem(
        `${options.dir} holds a sample of another version of Waybill; delete it, or choose another folder.`,
      );
    }
    const same =
      state.made.candidates === wanted.candidates &&
      state.made.bytesPerFile === wanted.bytesPerFile &&
      (options.today === undefined || state.made.today === wanted.today);
    if (same) return { dir: options.dir, sourceFile: sourceFileIn(options.dir), made: null };
    throw new SampleProblem(
      `${options.dir} holds a sample made with other arguments (${describe(state.made)}); choose another folder, or delete it.`,
    );
  }
  return make(options, wanted);
}

/**
 * The sample in `dir`, made when it is not there. One of another day is kept, so that it does not change under
 * the tickets that were opened on it; one of an older generator is made anew.
 */
export async function ensureSample(options: SampleOptions): Promise<SampleResult> {
  const state = stateOf(options.dir);
  if (state.is === 'sample' && state.current) {
    return { dir: options.dir, sourceFile: sourceFileIn(options.dir), made: null };
  }
  if (state.is === 'sample') return make(options, checked(options));
  return generateSample(options);
}

async function make(options: SampleOptions, wanted: SampleArguments): Promise<SampleResult> {
  try {
    await beginSample(options.dir, wanted);
    const made = await writeSample(options.dir, wanted, options.onProgress ?? (() => {}));
    await finishSample(options.dir, wanted);
    return { dir: options.dir, sourceFile: sourceFileIn(options.dir), made };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
      throw new SampleProblem(`The disk is full; make room or ask for a smaller sample.`, {
        cause,
      });
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'SQLITE_CANTOPEN') {
      throw new SampleProblem(`${options.dir} cannot be written; choose another folder.`, {
        cause,
      });
    }
    throw cause;
  }
}

function checked(options: SampleOptions): SampleArguments {
  const { candidates, bytesPerFile } = options;
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  if (!Number.isSafeInteger(candidates) || candidates < 1 || candidates > 9_999_999) {
    throw new SampleProblem('A sample has from 1 to 9,999,999 candidates.');
  }
  if (!Number.isSafeInteger(bytesPerFile) || bytesPerFile < 0 || bytesPerFile > 100_000_000) {
    throw new SampleProblem('A file of a sample has from 0 to 100,000,000 bytes.');
  }
  if (!isDate(today)) throw new SampleProblem(`${today} is not a date such as 2026-01-31.`);
  return { candidates, bytesPerFile, today };
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function describe({ candidates, bytesPerFile, today }: SampleArguments): string {
  return `${candidates} candidates, ${bytesPerFile} bytes a file, as of ${today}`;
}

function sourceFileIn(dir: string): string {
  return path.join(dir, SOURCE_FILE);
}
