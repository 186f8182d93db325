import { join } from 'node:path';
import { openFirstPlaces } from './adapters/first-places/temporary.ts';
import { createFolderExportStore } from './adapters/folder/export-store.ts';
import { createZipParts } from './adapters/zip/part-writer.ts';
import { type Config, ConfigError } from './config.ts';
import type { DirectLinks } from './ports/direct-links.ts';
import type { ExportStore } from './ports/export-store.ts';
import type { OpenPart } from './ports/part-writer.ts';

export type OpenedStore = {
  store: ExportStore;
  openPart: OpenPart;
  /** Set with `LINKS=direct`. */
  directLinks: DirectLinks | null;
};

export type StoreConfig = Pick<Config, 'dataDir' | 'azure' | 'links'>;

/** Where exports are kept, as the configuration says. Azure's library is loaded only when it is asked for. */
export async function openStore(config: StoreConfig): Promise<OpenedStore> {
  const folder = join(config.dataDir, 'exports');
  if (!config.azure) return { ...openFolder(folder), directLinks: null };
  const { openPart } = openFolder(folder);
  const direct = config.links === 'direct';
  const azure = { ...config.azure, layout: direct ? ('per-export' as const) : ('one' as const) };
  try {
    const [{ createAzureExportStore }, { createAzureDirectLinks }] = await Promise.all([
      import('./adapters/azure/export-store.ts'),
      import('./adapters/azure/direct-links.ts'),
    ]);
    return {
      store: await createAzureExportStore(azure),
      openPart,
      directLinks: direct ? await createAzureDirectLinks(azure) : null,
    };
  } catch (cause) {
    throw new ConfigError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A folder that keeps exports, and a writer of parts that spools beside them. */
export function openFolder(root: string, layout: 'exports' | 'single' = 'exports') {
  return {
    store: createFolderExportStore({ root, layout }),
    openPart: createZipParts({ spoolFolder: join(root, '.waybill', 'spool') }),
    openFirstPlaces,
  };
}
