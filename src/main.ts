import { ConfigError, readConfig } from './config.ts';
import { openApp } from './wire.ts';

/** Runs the bot: chat, desk, gateway, building and the schedule in one process, until it is told to stop. */
async function main(): Promise<void> {
  const app = await openApp(readConfig());
  const url = await app.serve();
  await app.start();
  process.stdout.write(
    [
      'Waybill is running.',
      `  Chat  ${url}/`,
      `  Desk  ${url}/desk?token=${app.deskToken}`,
      app.sample
        ? '  It works on a sample ATS; set SOURCE to your own source file to change that.'
        : '',
      '  Stop it with Ctrl+C.',
      '',
    ]
      .filter((line, index, lines) => line !== '' || index === lines.length - 1)
      .join('\n'),
  );
  const stop = async () => {
    process.removeAllListeners('SIGINT');
    process.removeAllListeners('SIGTERM');
    await app.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    error instanceof ConfigError ? `${message}\n` : `Waybill cannot start: ${message}\n`,
  );
  // Whatever was opened before the error is of no use.
  process.exit(1);
});
