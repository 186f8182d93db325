import type { Invoice } from '../domain/account.ts';
import { retainedUntil } from '../domain/retention.ts';
import type { Ticket } from '../domain/ticket.ts';
import { sayDay } from '../domain/words.ts';
import type { Deps } from './deps.ts';

/** What the ATS says at the moment of the click; `problem` is why the ticket cannot be approved now. */
export async function recheck(
  deps: Pick<Deps, 'ats'>,
  ticket: Ticket,
  now: Date,
): Promise<{ problem: string | null; invoices: Invoice[] }> {
  try {
    const [account, people, invoices] = await Promise.all([
      deps.ats.account(ticket.accountId),
      deps.ats.peopleByEmail(ticket.requester.email),
      deps.ats.unpaidInvoices(ticket.accountId),
    ]);
    if (!account) {
      return problem('The ATS does not know this account any more; reject the ticket.');
    }
    const until = retainedUntil(account);
    if (until && until <= now) {
      return problem(
        `The account is closed and its data was kept until ${sayDay(until)} only; reject the ticket.`,
      );
    }
    const mayAsk = people.some(
      (person) => person.accountId === ticket.accountId && person.role !== 'other',
    );
    if (!mayAsk) {
      return problem(
        'The requester is no longer an admin or authorised contact of this account; reject the ticket.',
      );
    }
    return { problem: null, invoices };
  } catch {
    return problem(
      'The ATS did not answer, so invoices and account could not be checked; try again in a minute.',
    );
  }
}

function problem(text: string): { problem: string; invoices: Invoice[] } {
  return { problem: text, invoices: [] };
}

/** Nobody approves their own request. */
export function isRequester(ticket: Ticket, agent: string): boolean {
  return agent.trim().toLowerCase() === ticket.requester.email.trim().toLowerCase();
}
