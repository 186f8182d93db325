import { isEarly, isWindowOpen } from '../domain/download-window.ts';
import type { MailContent } from '../domain/mail/content.ts';
import { sharedWithYou } from '../domain/phrases/download.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';

/** To a colleague with whom a download page is shared; null when their link no longer works. */
export function sharedMail(
  deps: Pick<Deps, 'clock' | 'shares' | 'tokens' | 'publicUrl'>,
  ticket: Ticket,
  { email }: { email: string },
): MailContent | null {
  const { number, exportId } = ticket;
  const share = deps.shares.ofTicket(number).findLast((one) => one.email === email);
  if (!share || share.revokedAt || !exportId) return null;
  const now = deps.clock.now();
  if (!isWindowOpen(ticket, exportId, now) && !isEarly(ticket, exportId)) return null;
  const page = `${deps.publicUrl}/e/${deps.tokens.page(exportId, share.id)}`;
  return sharedWithYou(
    ticket.language,
    ticket,
    isEarly(ticket, exportId) ? null : ticket.expiresAt,
    page,
  );
}
