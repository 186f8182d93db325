import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measured, measure, median } from './measure.ts';

/**
 * One part of 2,000 PDFs of 200 KB: read, zip, write, against `zip -0` on the same files in the same run.
 * Ours and archiver also make the SHA-256, ours compares it with what lies on the disk and syncs; `zip` does neither.
 * Times of Node programs begin when they are loaded, as in a running bot.
 */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    bytes: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '5' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
try {
  run(Number(values.files), Number(values.bytes), Number(values.runs));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(files: number, bytes: number, runs: number): void {
  const source = join(folder, 'files');
  mkdirSync(source);
  for (let n = 0; n < files; n++) writeFileSync(join(source, `${n}.pdf`), randomBytes(bytes));
  const ways: Record<string, () => Measured> = {
    'zip -0': () => timed('zip', ['-q', '-0', '-r', join(folder, 'zip.zip'), source]),
    'zip -0, then sha256sum': () =>
      timed('sh', [
        '-c',
        `zip -q -0 -r ${folder}/zip.zip ${source} && sha256sum ${folder}/zip.zip`,
      ]),
    'archiver, streams, SHA-256': () => measure('zip-with-archiver.ts', [source, folder]),
    Waybill: () => measure('zip-with-waybill.ts', [source, folder]),
  };
  if (spawnSync('zip', ['-v']).status !== 0) {
    console.warn('zip is not on the PATH; nothing to compare with.');
    return;
  }
  const results = new Map<string, Measured[]>();
  for (let n = 0; n < runs; n++) {
    for (const [name, way] of Object.entries(ways)) {
      rmSync(join(folder, 'zip.zip'), { force: true });
      results.set(name, [...(results.get(name) ?? []), way()]);
    }
  }
  report(results, (files * bytes) / 1e6);
}

function timed(command: string, args: string[]): Measured {
  const startedAt = performance.now();
  execFileSync(command, args);
  return { seconds: (performance.now() - startedAt) / 1000, peakMegabytes: Number.NaN };
}

function report(results: Map<string, Measured[]>, megabytes: number): void {
  const base = median((results.get('zip -0') ?? []).map(({ seconds }) => seconds));
  for (const [name, all] of results) {
    const seconds = median(all.map((one) => one.seconds));
    const peak = Math.max(...all.map((one) => one.peakMegabytes));
    const memory = Number.isNaN(peak) ? '' : `, peak ${peak.toFixed(0)} MB`;
    const speed = (megabytes / seconds).toFixed(0);
    console.log(
      `${name.padEnd(28)} ${seconds.toFixed(2)} s, ${speed} MB/s, ${(seconds / base).toFixed(2)} of zip -0${memory}`,
    );
  }
}
