import type { Status, Ticket } from './ticket.ts';

/** Until the new one is delivered, a ticket that is built anew keeps the window of the export that it had. */
const BUILT_ANEW: readonly Status[] = ['approved', 'building', 'failed'];

/**
 * True while the links of this export work, as far as their ticket is concerned; a link itself may be revoked. At the
 * very instant of the expiry they no longer do.
 */
export function isWindowOpen(
  ticket: Pick<Ticket, 'status' | 'exportId' | 'deliveredAt' | 'expiresAt'>,
  exportId: string,
  now: Date,
): boolean {
  if (ticket.expiresAt === null || now >= ticket.expiresAt) return false;
  if (ticket.status === 'delivered') return ticket.exportId === exportId;
  if (!BUILT_ANEW.includes(ticket.status) || ticket.deliveredAt === null) return false;
  // While it is being built the ticket names the new export, which nobody has links to yet.
  return ticket.status === 'approved' || ticket.exportId !== exportId;
}
