import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { haveTools, type Measured, report, runInTurn, say, secondsOf, timed } from './measure.ts';

/** 64 downloads with ranges at the same time, from the gateway and from nginx, over the same files. */
const DOWNLOADS = 64;
const FILES = 4;
const FILE_MEGABYTES = 64;
const RANGE_MEGABYTES = 16;
const RUNS = 5;
/** Of nginx's speed. */
const LEAST_SHARE = 0.7;
/** Rounds before the memory is looked at: until then the heap takes its shape. */
const WARM_UPS = 4;
/** What the memory may grow by after them. */
const MOST_MEGABYTES = 40;

if (haveTools('nginx', 'curl')) await bench();

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-gateway-'));
  const script = fileURLToPath(new URL('./gateway-child.ts', import.meta.url));
  const gateway = spawn(process.execPath, [script, String(FILES), String(FILE_MEGABYTES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(gateway.stdout, 'data')) as [Buffer];
  const served: { folder: string; names: string[]; urls: string[] } = JSON.parse(line.toString());
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, nginxConfig(folder, served.folder, port));
  const nginx = spawn('nginx', ['-c', config, '-p', folder], { stdio: 'inherit' });
  try {
    await answers(`http://127.0.0.1:${port}/${served.names[0]}`);
    const ours = curlConfig(folder, 'ours', served.urls);
    const theirs = curlConfig(
      folder,
      'nginx',
      served.names.map((name) => `http://127.0.0.1:${port}/${name}`),
    );
    const fetchAll = (list: string) => (): Measured =>
      timed(
        `curl -sS --no-progress-meter --fail --parallel --parallel-immediate --parallel-max ${DOWNLOADS} -K ${list}`,
      );
    for (let n = 0; n < WARM_UPS; n++) fetchAll(ours)();
    const before = residentMegabytes(gateway.pid ?? 0);
    const results = runInTurn({ gateway: fetchAll(ours), nginx: fetchAll(theirs) }, RUNS, () => {});
    const after = residentMegabytes(gateway.pid ?? 0);
    report(results, DOWNLOADS * RANGE_MEGABYTES);
    const share = secondsOf(results, 'nginx') / secondsOf(results, 'gateway');
    say(
      `${DOWNLOADS} downloads at ${(share * 100).toFixed(0)} % of nginx's speed`,
      `at least ${LEAST_SHARE * 100} %`,
      share >= LEAST_SHARE,
    );
    const grown = after.peak - before.peak;
    say(
      `memory of the gateway at most ${before.peak.toFixed(0)} MB in ${WARM_UPS} rounds of ${DOWNLOADS}, ${after.peak.toFixed(0)} MB in ${WARM_UPS + RUNS}`,
      `at most ${MOST_MEGABYTES} MB more`,
      grown <= MOST_MEGABYTES,
    );
  } finally {
    nginx.kill('SIGTERM');
    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each download is another range, so that all have to be read from their own place. */
function curlConfig(folder: string, name: string, urls: readonly string[]): string {
  const path = join(folder, `${name}.curl`);
  const ranges = Math.floor(FILE_MEGABYTES / RANGE_MEGABYTES);
  const entries = Array.from({ length: DOWNLOADS }, (_, n) => {
    const start = (n % ranges) * RANGE_MEGABYTES * 1_000_000 + n;
    const end = start + RANGE_MEGABYTES * 1_000_000 - 1 - DOWNLOADS;
    return `url = "${urls[n % urls.length]}"\nrange = ${start}-${end}\noutput = /dev/null\n`;
  });
  writeFileSync(path, entries.join('next\nfail\n'));
  return path;
}

function nginxConfig(folder: string, root: string, port: number): string {
  return `user root;
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; root ${root}; }
}
`;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const ok = await fetch(url, { method: 'HEAD' }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nginx does not serve ${url}.`);
}

function residentMegabytes(pid: number): { peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { peak: (kilobytes('VmHWM') * 1024) / 1e6 };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
