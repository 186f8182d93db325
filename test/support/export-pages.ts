import type { ExportPageDeps } from '../../src/adapters/web/export-page.ts';
import { createExportPages } from '../../src/flow/export-page.ts';
import { moreTime } from '../../src/flow/more-time.ts';
import { sharePage, unsharePage } from '../../src/flow/share-page.ts';
import type { World } from './delivered.ts';

/** What the download page works with, as the bot puts it together. */
export function exportPagesOf(world: World): Omit<ExportPageDeps, 'publicUrl'> {
  return {
    ...createExportPages(world),
    share: (token, address) => sharePage(world, token, address),
    unshare: (token, shareId) => unsharePage(world, token, shareId),
    moreTime: (token, wish) => moreTime(world, token, wish),
  };
}
