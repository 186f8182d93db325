import type { Ticket } from './ticket.ts';

/** True while the links of this export work. At the very instant of the expiry they no longer do. */
export function isWindowOpen(
  ticket: Pick<Ticket, 'status' | 'exportId' | 'expiresAt'>,
  exportId: string,
  now: Date,
): boolean {
  return (
    ticket.status === 'delivered' &&
    ticket.exportId === exportId &&
    ticket.expiresAt !== null &&
    now < ticket.expiresAt
  );
}
