import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The bot as a process of its own, as `npm start` runs it. */
export type Bot = {
  url: string;
  deskToken: string;
  /** Milliseconds from the start of the process until it said that it runs. */
  startedMs: number;
  /** Ends it and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

/** Starts a bot on a data folder, with nothing of this process's own settings. */
export async function startBot(dataDir: string, env: Record<string, string> = {}): Promise<Bot> {
  const begun = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await firstWords(child);
  const startedMs = performance.now() - begun;
  const desk = /Desk {2}(http\S+)\/desk\?token=(\S+)/.exec(said);
  if (!desk?.[1] || !desk[2]) throw new Error(`The bot did not start: ${said}`);
  return {
    url: desk[1],
    deskToken: desk[2],
    startedMs,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}

async function firstWords(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const more = (chunk: Buffer) => {
      text += chunk;
      if (text.includes('Stop it with')) resolve(text);
    };
    child.stdout?.on('data', more);
    child.stderr?.on('data', more);
    child.once('exit', () => resolve(text));
  });
}
