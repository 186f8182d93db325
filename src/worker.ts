import { ConfigError, readConfig } from './config.ts';
import { openWorker } from './wire-worker.ts';

/** Runs a worker: builds parts of exports that the bot has put into Redis, until it is told to stop. */
async function main(): Promise<void> {
  const worker = await openWorker(readConfig());
  process.stdout.write(
    `Waybill's worker is running, ${worker.concurrency} parts at a time. Stop it with Ctrl+C.\n`,
  );
  const stop = async () => {
    process.removeAllListeners('SIGINT');
    process.removeAllListeners('SIGTERM');
    await worker.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    error instanceof ConfigError ? `${message}\n` : `The worker cannot start: ${message}\n`,
  );
  // Whatever was opened before the error is of no use.
  process.exit(1);
});
