import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SOURCE_YAML } from './source-yaml.ts';

/** What a sample is made from: the same arguments give the same bytes. */
export type SampleArguments = {
  candidates: number;
  bytesPerFile: number;
  /** The day from which all times of the sample are counted back, as ISO date. */
  today: string;
};

/** A sample that cannot be made here. The message says why and what to do. */
export class SampleProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SampleProblem';
  }
}

/** Counts up when the generator writes something else, so that an old sample is told from a new one. */
const FORMAT = 2;

const marker = z.object({
  format: z.number(),
  candidates: z.number(),
  bytesPerFile: z.number(),
  today: z.string(),
});

/** What lies in the folder of a sample: nothing, a whole sample, one that was broken off, or something else. */
export type FolderState =
  | { is: 'empty' }
  | { is: 'sample'; made: SampleArguments; current: boolean }
  | { is: 'broken_off' }
  | { is: 'other' };

const MARKER = 'sample.json';
export const SOURCE_FILE = 'source.yaml';
const DATABASE = 'ats.sqlite';
export const ACCESS_DATABASE = 'access.sqlite';
const FILES = 'files';

export function stateOf(dir: string): FolderState {
  const names = namesIn(dir);
  if (names.length === 0) return { is: 'empty' };
  const made = markerOf(path.join(dir, MARKER));
  if (!made) return { is: 'other' };
  if (!existsSync(path.join(dir, SOURCE_FILE))) return { is: 'broken_off' };
  const { format, ...args } = made;
  return { is: 'sample', made: args, current: format === FORMAT };
}

/** Clears what an earlier sample left, and marks the folder, so that one that is broken off is known again. */
export async function beginSample(dir: string, wanted: SampleArguments): Promise<void> {
  await mkdir(dir, { recursive: true });
  await rm(path.join(dir, SOURCE_FILE), { force: true });
  await putWhole(dir, MARKER, `${JSON.stringify({ format: FORMAT, ...wanted })}\n`);
  for (const name of [DATABASE, ACCESS_DATABASE, FILES]) {
    await rm(path.join(dir, name), { recursive: true, force: true });
  }
}

/** Writes the source file, which comes last: a sample without it is not whole. */
export async function finishSample(dir: string, wanted: SampleArguments): Promise<void> {
  const head = `# A sample ATS made by \`waybill sample\`: ${wanted.candidates} candidates, as of ${wanted.today}.\n#\n`;
  await putWhole(dir, SOURCE_FILE, head + SOURCE_YAML);
}

/** A file that is there whole or not at all. */
async function putWhole(dir: string, name: string, content: string): Promise<void> {
  const unfinished = path.join(dir, `${MARKER}.part`);
  await writeFile(unfinished, content);
  await rename(unfinished, path.join(dir, name));
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => name !== `${MARKER}.part`);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new SampleProblem(`${dir} is not a folder that can be read; choose another.`, { cause });
  }
}

function markerOf(file: string): z.infer<typeof marker> | null {
  try {
    return marker.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
