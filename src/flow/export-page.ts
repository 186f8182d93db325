import { coverageOf, coveredBytes } from '../domain/coverage.ts';
import { isWindowOpen } from '../domain/download-window.ts';
import type { ExportView } from '../domain/export-view.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { OutgoingFile } from '../ports/thread.ts';
import { type LinksDeps, linkRows, linksFile } from './links-file.ts';

/** The export that the token of a download page opens now; null for every token that does not work, whatever the reason. */
export function exportPage(deps: LinksDeps, token: string): ExportView | null {
  const open = openPage(deps, token);
  if (!open) return null;
  const { ticket, exportId, expiresAt } = open;
  const downloads = deps.links.downloads(ticket.number);
  const files = linkRows(deps, exportId, expiresAt).map((row) => {
    const ranges = downloads.filter(({ linkId }) => linkId === row.linkId);
    return { ...row, done: doneOf(row.sizeBytes, ranges) };
  });
  const parts = files
    .filter(({ kind }) => kind === 'part')
    .map(({ linkId, sizeBytes }) => ({ id: linkId, sizeBytes }));
  return {
    accountName: ticket.accountName,
    number: ticket.number,
    expiresAt,
    missing: deps.exports.receipts(exportId).reduce((sum, { missing }) => sum + missing.length, 0),
    files,
    coverage: coverageOf(parts, downloads),
  };
}

/** The links CSV, once more, for whoever has the page. */
export async function exportPageCsv(deps: LinksDeps, token: string): Promise<OutgoingFile | null> {
  const open = openPage(deps, token);
  return open ? linksFile(deps, open.ticket.number) : null;
}

const NO_EXPORT = '';
const NO_TICKET = 0;

/** What is refused takes the same steps whatever the reason. */
function openPage(
  deps: LinksDeps,
  token: string,
): { ticket: Ticket; exportId: string; expiresAt: Date } | null {
  const exportId = deps.tokens.readPage(token) ?? NO_EXPORT;
  const run = deps.exports.find(exportId);
  const ticket = deps.tickets.find(run?.ticketNumber ?? NO_TICKET);
  if (!ticket?.expiresAt || !isWindowOpen(ticket, exportId, deps.clock.now())) return null;
  return { ticket, exportId, expiresAt: ticket.expiresAt };
}

function doneOf(
  sizeBytes: number,
  ranges: readonly { start: number; sentBytes: number }[],
): 'all' | 'some' | 'none' {
  if (ranges.length === 0) return 'none';
  const covered = coveredBytes(sizeBytes, ranges);
  if (covered === sizeBytes) return 'all';
  return covered > 0 ? 'some' : 'none';
}
