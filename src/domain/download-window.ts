import { mainExportId } from './supplement.ts';
import type { Status, Ticket } from './ticket.ts';

/** Until the new one is delivered, a ticket that is built anew keeps the window of the export that it had. */
const BUILT_ANEW: readonly Status[] = ['approved', 'building', 'failed'];

/** True while this export is being built and its finished parts can be had before the rest; no window runs yet. */
export function isEarly(ticket: Pick<Ticket, 'status' | 'exportId'>, exportId: string): boolean {
  return ticket.status === 'building' && ticket.exportId === exportId;
}

/**
 * True while the links of this export work, as far as their ticket is concerned; a link itself may be revoked. At the
 * very instant of the expiry they no longer do. A supplement has the window of its export.
 */
export function isWindowOpen(
  ticket: Pick<Ticket, 'status' | 'exportId' | 'deliveredAt' | 'expiresAt'>,
  exportId: string,
  now: Date,
): boolean {
  if (ticket.expiresAt === null || now >= ticket.expiresAt) return false;
  const main = mainExportId(exportId);
  if (ticket.status === 'delivered') return ticket.exportId === main;
  if (!BUILT_ANEW.includes(ticket.status) || ticket.deliveredAt === null) return false;
  // While it is being built the ticket names the new export, which nobody has links to yet.
  return ticket.status === 'approved' || ticket.exportId !== main;
}
