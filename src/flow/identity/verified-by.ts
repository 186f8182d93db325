import type { Ticket } from '../../domain/ticket.ts';
import type { Identities } from '../../ports/identity.ts';

const SERVICES: Record<string, string> = { intercom: 'Intercom', slack: 'Slack' };

/** How it is known that the address of a ticket is its requester's, in words for the desk; null when it is not known. */
export function verifiedBy(
  identities: Pick<Identities, 'withEmail'>,
  { thread, requester }: Pick<Ticket, 'thread' | 'requester'>,
): string | null {
  const scheme = thread.slice(0, thread.indexOf(':'));
  if (scheme === 'web') return 'signed in to the web chat';
  const [identity] = identities.withEmail(`${scheme}:`, requester.email);
  if (!identity) return null;
  return identity.provenBy === 'service'
    ? `e-mail address confirmed by ${SERVICES[scheme] ?? scheme}`
    : 'with a code that was mailed to this address';
}
