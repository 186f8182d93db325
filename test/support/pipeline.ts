import { createSigner } from '../../src/adapters/crypto/signer.ts';
import { openFirstPlaces } from '../../src/adapters/first-places/temporary.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import { approvedByOperator } from '../../src/domain/approval.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../src/domain/options.ts';
import { type BuildExport, buildExport } from '../../src/flow/build.ts';
import type { Source } from '../../src/ports/source.ts';

export const NOW = new Date('2026-11-21T09:30:00Z');

/** Everything that `buildExport` needs, for export `e1` of account `acme` into a folder. */
export function jobOf(
  root: string,
  source: Source,
  options: Partial<ExportOptions> = {},
  changes: Partial<BuildExport> = {},
): BuildExport {
  return {
    order: approvedByOperator({ accountId: 'acme', options: { ...DEFAULT_OPTIONS, ...options } }),
    exportId: 'e1',
    accountName: 'Acme',
    source,
    store: createFolderExportStore({ root }),
    openPart: createZipParts({ spoolFolder: root }),
    openFirstPlaces,
    signer: createSigner(Buffer.from('a secret of thirty-two characters')),
    now: () => NOW,
    signal: new AbortController().signal,
    ...changes,
  };
}

export const build = (...args: Parameters<typeof jobOf>) => buildExport(jobOf(...args));
