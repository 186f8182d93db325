import { join } from 'node:path';
import { Command } from 'commander';
import { openSourceFile } from '../../src/adapters/ats/open-source.ts';
import { checkSignature } from '../../src/adapters/crypto/check-signature.ts';
import { createSigner } from '../../src/adapters/crypto/signer.ts';
import { openFirstPlaces } from '../../src/adapters/first-places/temporary.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { inspectZip } from '../../src/adapters/zip/inspect.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import { registerExport } from '../../src/commands/export.ts';
import { registerVerify } from '../../src/commands/verify.ts';
import type { Source } from '../../src/ports/source.ts';

/** `export` and `verify` on the source file that is the first argument, wired as the real program wires them. */
const [sourceFile = '', ...args] = process.argv.slice(2);
const program = new Command('waybill');
registerExport(program, {
  openSource: async () => {
    const opened = await openSourceFile(sourceFile);
    return { ...opened, source: interrupting(opened.source) };
  },
  openFolder: (folder) => ({
    store: createFolderExportStore({ root: folder, layout: 'single' }),
    openPart: createZipParts({ spoolFolder: join(folder, '.waybill') }),
    openFirstPlaces,
  }),
  openSigner: async () => createSigner(Buffer.from('a secret of thirty-two characters')),
  now: () => new Date(),
});
registerVerify(program, async () => ({ inspectZip, checkSignature }));
program.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});

/** Somebody presses Ctrl-C when so many files were opened. */
function interrupting(source: Source): Source {
  let left = Number(process.env.STOP_AFTER_FILES ?? Number.POSITIVE_INFINITY);
  return {
    ...source,
    open: (file) => {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGINT');
      return source.open(file);
    },
  };
}
