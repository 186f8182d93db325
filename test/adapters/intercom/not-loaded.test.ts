import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { intercomEnv } from '../../support/intercom-bot.ts';
import { waybill } from '../../support/waybill.ts';

/** Tells on standard error of every module of Intercom that is loaded, ours and the library's. */
const SPY = `import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    if (/intercom-client|adapters.intercom|wire-intercom/.test(url)) process.stderr.write('LOADED ' + url + '\\n');
    return next(url, context);
  },
});`;

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waybill-lean-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function loaded(env: Record<string, string>): Promise<string[]> {
  const spy = `data:text/javascript,${encodeURIComponent(SPY)}`;
  const ran = await waybill(['tickets'], {
    env: { DATA_DIR: dataDir, NODE_OPTIONS: `--import ${spy}`, ...env },
  });
  expect(ran.code).toBe(0);
  return ran.stderr.split('\n').filter((line) => line.startsWith('LOADED'));
}

test('nothing of Intercom is loaded while its variables are not set', async () => {
  expect(await loaded({})).toEqual([]);
}, 60_000);

test('with them it is', async () => {
  const modules = await loaded(intercomEnv('http://127.0.0.1:1'));
  expect(modules.some((line) => line.includes('src/adapters/intercom/thread.ts'))).toBe(true);
}, 60_000);
