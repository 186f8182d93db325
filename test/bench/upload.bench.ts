import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, report, runInTurn, say, secondsOf } from './measure.ts';

/** Building and uploading at the same time, to a server on this machine that only counts bytes. */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    bytes: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '5' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const server = spawn(process.execPath, [fileURLToPath(new URL('put-server.ts', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [line] = await once(server.stdout, 'data');
  await run(String(line).trim(), Number(values.files), Number(values.bytes), Number(values.runs));
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function run(url: string, files: number, bytes: number, runs: number): Promise<void> {
  for (let n = 0; n < files; n++) writeFileSync(join(folder, `${n}.pdf`), randomBytes(bytes));
  const ways = {
    'archiver, streams, SHA-256': () => measure('upload-part.ts', ['archiver', folder, url]),
    Waybill: () => measure('upload-part.ts', ['waybill', folder, url]),
  };
  const megabytes = (files * bytes) / 1e6;
  const results = runInTurn(ways, runs, () => {});
  report(results, megabytes);
  const counted = Number(await (await fetch(url)).text()) / 1e6;
  const expected = 2 * runs * megabytes;
  say(`the server counted ${counted.toFixed(0)} MB`, `at least ${expected}`, counted >= expected);
  const speed = megabytes / secondsOf(results, 'Waybill');
  const times = secondsOf(results, 'archiver, streams, SHA-256') / secondsOf(results, 'Waybill');
  say(
    `Waybill builds and uploads ${speed.toFixed(0)} MB/s, ${times.toFixed(2)} times archiver`,
    'at least 250 MB/s, or 2 times archiver',
    speed >= 250 || times >= 2,
  );
}
