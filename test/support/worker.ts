import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('../../src/worker.ts', import.meta.url));

/** A worker as a process of its own, as `npm run worker` runs it. */
export type WorkerProcess = {
  /** Ends it and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** What it has logged so far. */
  said(): string;
};

/**
 * Starts a worker, with nothing of this process's own settings, and waits until it runs.
 * @param core pins it to one core, with taskset
 * @throws Error with what it said when it ends at once
 */
export async function startWorker(
  env: Record<string, string>,
  core?: number,
): Promise<WorkerProcess> {
  const node = [process.execPath, WORKER];
  const [command = '', ...args] = core === undefined ? node : ['taskset', '-c', `${core}`, ...node];
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const isRunning = Promise.withResolvers<void>();
  const listen = (chunk: Buffer): void => {
    said += chunk;
    if (said.includes('Stop it with')) isRunning.resolve();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  child.once('close', () => isRunning.reject(new Error(said.trim())));
  await isRunning.promise;
  return {
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      await once(child, 'exit');
      return child.exitCode;
    },
    said: () => said,
  };
}
