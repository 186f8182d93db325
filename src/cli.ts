import { Command, CommanderError } from 'commander';
import { registerAccess } from './commands/access.ts';
import { registerChat } from './commands/chat.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerExport } from './commands/export.ts';
import { registerSample } from './commands/sample.ts';
import { registerTickets } from './commands/tickets.ts';
import { registerUnderstand } from './commands/understand.ts';
import { registerVerify } from './commands/verify.ts';
import { readConfig } from './config.ts';

/** What knows adapters and database is loaded when a command runs, so that help comes at once. */
const wire = () => import('./wire.ts');
const openApp = async () => (await wire()).openApp(readConfig());

/** The `waybill` commands. Each says in one sentence on standard error what went wrong, and exits 0 only on success. */
async function main(): Promise<void> {
  const program = new Command('waybill')
    .description(
      'Data dumps for the customers of an ATS: from a chat message to verified downloads.',
    )
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();
  registerDemo(program, wire);
  registerUnderstand(program, async () => (await import('./wire-understand.ts')).openUnderstand());
  registerChat(program, openApp);
  registerExport(program, {
    openSource: async () => (await wire()).openSource(readConfig()),
    openFolder: async (folder) => (await wire()).openFolder(folder, 'single'),
    openSigner: async () => (await wire()).openSigner(readConfig()),
    now: () => new Date(),
  });
  registerVerify(program, async () => wire());
  registerSample(program, async (options) => (await wire()).generateSample(options));
  registerTickets(program, openApp);
  registerAccess(program, openApp);
  registerDoctor(program, {
    all: async () => (await wire()).examine(readConfig()),
    source: async (account) => (await wire()).examineSource(readConfig(), account),
  });
  await program.parseAsync();
}

main().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
    return;
  }
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
