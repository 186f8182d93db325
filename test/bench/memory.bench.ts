import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateSample } from '../../src/adapters/sample/sample.ts';
import { measure, say } from './measure.ts';

/** Peak memory of one part, and of a whole export: it must not depend on how much there is. */
const { values } = parseArgs({ options: { gb: { type: 'string', default: '5' } } });
const LIMIT_MEGABYTES = 250;
const BYTES_PER_RESUME = 1_000_000;
const PDF_BYTES = 200_000;

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
try {
  measureParts();
  await measureExports(Number(values.gb));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The same 2,000 PDFs, once (400 MB) and again and again (3.9 GB). */
function measureParts(): void {
  const source = join(folder, 'files');
  mkdirSync(source);
  for (let n = 0; n < 2_000; n++) writeFileSync(join(source, `${n}.pdf`), randomBytes(PDF_BYTES));
  for (const megabytes of [400, 3_890]) {
    const out = join(folder, 'part');
    const count = Math.floor((megabytes * 1e6) / PDF_BYTES);
    const { peakMegabytes, seconds } = measure('zip-with-waybill.ts', [source, out, `${count}`]);
    sayPeak(`a part of ${megabytes / 1_000} GB in ${seconds.toFixed(1)} s`, peakMegabytes);
    rmSync(out, { recursive: true });
  }
  rmSync(source, { recursive: true });
}

async function measureExports(gigabytes: number): Promise<void> {
  for (const gb of [0.1, gigabytes]) {
    const dir = join(folder, 'sample');
    const out = join(folder, 'export');
    // In the sample each candidate has about 1.2 resumes.
    const candidates = Math.ceil((gb * 1e9) / BYTES_PER_RESUME / 1.2);
    const sample = await generateSample({ dir, candidates, bytesPerFile: BYTES_PER_RESUME });
    const { seconds, peakMegabytes } = measure('export-sample.ts', [sample.sourceFile, out]);
    const files = sample.made ? `${sample.made.files} files` : 'files';
    sayPeak(`an export of ${gb} GB, ${files}, in ${seconds.toFixed(1)} s`, peakMegabytes);
    rmSync(dir, { recursive: true });
    rmSync(out, { recursive: true });
  }
}

function sayPeak(what: string, peakMegabytes: number): void {
  const isMet = peakMegabytes < LIMIT_MEGABYTES;
  say(`${what}: peak ${peakMegabytes.toFixed(0)} MB`, `under ${LIMIT_MEGABYTES} MB`, isMet);
}
