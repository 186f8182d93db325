import { parentPort, workerData } from 'node:worker_threads';
import { serveBuilder } from './adapters/queue/builder-thread.ts';
import { type BuildConfig, openBuilder } from './wire-build.ts';

/** A thread of `openThreadedBuilder`. */
const config: BuildConfig = workerData;
if (parentPort) serveBuilder(parentPort, () => openBuilder(config));
