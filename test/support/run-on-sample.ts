import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sampleSource } from './sample.ts';

/** The program that runs `export` and `verify` on the sample. */
export const PROGRAM = fileURLToPath(new URL('export-program.ts', import.meta.url));

type Ran = { code: number; stdout: string; stderr: string };

/** Runs a command on the small sample as a process of its own. */
export async function runOnSample(...args: string[]): Promise<Ran> {
  const { sourceFile } = await sampleSource();
  return await new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, sourceFile, ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
