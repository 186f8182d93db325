import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import type { InspectZip } from '../ports/part-writer.ts';
import type { openApp } from '../wire.ts';
import { journey } from './demo/journey.ts';

type DemoDeps = { openApp: typeof openApp; inspectZip: InspectZip };
type Result = { name: string; ok: boolean; ms: number; text: string };

/** `waybill demo`: the whole journey in a throw-away folder, on the embedded default. */
export function registerDemo(program: Command, load: () => Promise<DemoDeps>): void {
  program
    .command('demo')
    .description('the whole journey in a throw-away folder, from a message in chat to the purge')
    .option('--json', 'one JSON object for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const steps = await runDemo(await load(), (step) => {
        if (!json) process.stdout.write(lineOf(step));
      });
      const ok = steps.every((step) => step.ok);
      if (json) process.stdout.write(`${JSON.stringify({ ok, steps })}\n`);
      else process.stdout.write(ok ? 'All is well.\n' : 'The demo stopped there.\n');
      if (!ok) process.exitCode = 1;
    });
}

/** Runs the steps in order and stops at the first that fails; never throws for a step. */
export async function runDemo(deps: DemoDeps, onStep: (step: Result) => void): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-demo-'));
  const steps: Result[] = [];
  const step = async (name: string, run: () => Promise<string>): Promise<boolean> => {
    const begun = performance.now();
    const { ok, text } = await run().then(
      (done) => ({ ok: true, text: done }),
      (error: unknown) => ({
        ok: false,
        text: error instanceof Error ? error.message : `${error}`,
      }),
    );
    const result = { name, ok, ms: Math.round(performance.now() - begun), text };
    steps.push(result);
    onStep(result);
    return ok;
  };
  // Nothing of the surroundings may change what the demo does: it is given its own settings only.
  const config = readConfig({ DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' });
  let close = async () => {};
  try {
    let rest: ReturnType<typeof journey> = [];
    await step('start', async () => {
      const app = await deps.openApp(config);
      close = app.close;
      const url = await app.serve();
      await app.start();
      rest = journey(app, url, join(folder, 'downloads'), deps.inspectZip);
      return 'Made a sample ATS of four accounts and started the bot on it.';
    });
    for (const { name, run } of rest) {
      if (!(await step(name, run))) break;
    }
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
  return steps;
}

function lineOf({ name, ok, ms, text }: Result): string {
  return `${ok ? '✓' : '✗'} ${name.padEnd(10)} ${`${ms} ms`.padStart(9)}  ${text}\n`;
}
