import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '../../src/config.ts';
import { openApp } from '../../src/wire.ts';

/** The bot as it is, but building so many parts at a time. Says where it is on stdout, and at the end how it went. */
const app = await openApp(readConfig(), { partsAtATime: Number(process.argv[2]) });
const url = await app.serve();
await app.start();
console.log(JSON.stringify({ url, deskToken: app.deskToken }));
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
process.once('SIGTERM', async () => {
  const loopDelayMs = loop.percentile(99) / 1e6;
  await app.close();
  const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(JSON.stringify({ peakMegabytes, loopDelayMs }));
});
