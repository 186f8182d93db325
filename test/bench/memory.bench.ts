import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateSample } from '../../src/adapters/sample/sample.ts';
import { measure } from './measure.ts';

/** Peak memory of a whole export of a large account: it must not depend on the account's size. */
const { values } = parseArgs({ options: { gb: { type: 'string', default: '5' } } });
const LIMIT_MEGABYTES = 250;
const BYTES_PER_FILE = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
try {
  const small = await peakOf('small', 0.1);
  const large = await peakOf('large', Number(values.gb));
  console.log(`peak of ${values.gb} GB / peak of 0.1 GB: ${(large / small).toFixed(2)}`);
  if (large > LIMIT_MEGABYTES) {
    console.error(`The peak is above ${LIMIT_MEGABYTES} MB.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Peak in megabytes of exporting a sample with so many gigabytes of resumes. */
async function peakOf(name: string, gigabytes: number): Promise<number> {
  const dir = join(folder, name);
  // In the sample each candidate has about 1.2 resumes.
  const candidates = Math.ceil((gigabytes * 1e9) / BYTES_PER_FILE / 1.2);
  const { sourceFile, made } = await generateSample({
    dir,
    candidates,
    bytesPerFile: BYTES_PER_FILE,
  });
  const out = join(folder, `${name}-out`);
  const { seconds, peakMegabytes } = measure('export-sample.ts', [sourceFile, out]);
  const files = made ? `${made.files} files, ${(made.bytes / 1e9).toFixed(2)} GB on disk` : '';
  console.log(`${files}: ${seconds.toFixed(1)} s, peak ${peakMegabytes.toFixed(0)} MB`);
  rmSync(dir, { recursive: true });
  rmSync(out, { recursive: true });
  return peakMegabytes;
}
