import type { ToWorker } from './save-file.ts';
import { type FromWorker, saveFile } from './save-file.ts';

/** Fetches one file, off the page's own thread: hashing gigabytes would freeze it. */

const stop = new AbortController();
const tell = (message: FromWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'stop') stop.abort();
  else void saveFile(data.folder, data.file, stop.signal, tell).then(tell);
});
