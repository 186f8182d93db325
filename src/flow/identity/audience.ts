import type { Deps } from '../deps.ts';

/** Who may see the links of a ticket. */
export type Audience = { accountId: string; requesterEmail: string; entitledEmails: string[] };

/** The requester, and everybody whom the account's links may reach, as the ATS knows them now; null without a ticket. */
export async function audienceOf(
  deps: Pick<Deps, 'tickets' | 'ats'>,
  ticketNumber: number,
): Promise<Audience | null> {
  const ticket = deps.tickets.find(ticketNumber);
  if (!ticket) return null;
  const admins = await deps.ats.admins(ticket.accountId);
  return {
    accountId: ticket.accountId,
    requesterEmail: ticket.requester.email.toLowerCase(),
    entitledEmails: admins.map(({ email }) => email.toLowerCase()),
  };
}
