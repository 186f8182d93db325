import type { Account, Job } from '../domain/account.ts';
import { sayEstimate } from '../domain/card.ts';
import { isUnconfirmed, newConversation } from '../domain/conversation.ts';
import { confirmChoices } from '../domain/phrases/choices.ts';
import { confirmed, invoicesPaid } from '../domain/phrases/conversation.ts';
import { promiseFor } from '../domain/promise.ts';
import { wishesIn } from '../domain/special-wish.ts';
import { summaryOf } from '../domain/summary.ts';
import { act, type Estimate, type Ticket } from '../domain/ticket.ts';
import type { Change } from '../ports/tickets.ts';
import type { Deps } from './deps.ts';
import { estimateFor } from './estimate.ts';
import { toCustomer, toDesk } from './outgoing.ts';

export type SettleDeps = Pick<Deps, 'clock' | 'tickets' | 'ats' | 'source' | 'exports' | 'log'>;

/** Lets every ticket that is on hold go on whose invoices are paid. An account that cannot be looked up holds up no other. */
export async function settleHolds(deps: SettleDeps): Promise<void> {
  for (const ticket of deps.tickets.list({ statuses: ['on_hold'] })) {
    try {
      await invoicesCleared(deps, ticket);
    } catch (error) {
      const kind = error instanceof Error ? error.name : typeof error;
      deps.log.warn({ ticket: ticket.number, kind }, 'invoices not looked up');
    }
  }
}

/**
 * Lets a ticket that is on hold go on when its invoices are paid: a confirmed one to the desk, another one back to its
 * summary, which is asked again.
 * @returns whether it went on
 */
export async function invoicesCleared(deps: SettleDeps, ticket: Ticket): Promise<boolean> {
  const { accountId, options } = ticket;
  const unpaid = await deps.ats.unpaidInvoices(accountId);
  if (unpaid.length > 0) return false;
  const account = await deps.ats.account(accountId);
  if (!account) return false;
  const jobs = options.jobs ? await deps.ats.jobs(accountId) : [];
  const estimate = ticket.estimate ?? (await estimateFor(deps, accountId, options));
  // Read again: while the ATS was asked, somebody may have changed it.
  const held = deps.tickets.find(ticket.number);
  if (held?.status !== 'on_hold') return false;
  const now = deps.clock.now();
  const change = isUnconfirmed(held)
    ? release(deps, held, { account, jobs, now })
    : goOn(held, estimate, now);
  return deps.tickets.commit(change, now).ok;
}

/** Said yes to already: it goes to the desk. */
function goOn(ticket: Ticket, estimate: Estimate | null, now: Date): Change {
  const promisedAt = promiseFor(ticket.options, now).latestAt;
  const step = act(
    ticket,
    'confirm',
    { now, actor: 'bot' },
    { promisedAt, estimate, checks: paid(ticket) },
  );
  const { language } = ticket;
  const size = estimate ? ` About ${sayEstimate(estimate)}.` : '';
  return {
    ticket: step,
    history: [step.entry],
    outbox: [
      toCustomer(
        ticket,
        `${invoicesPaid(language, ticket)} ${confirmed(language, ticket, promisedAt)}`,
      ),
      toDesk(
        'action',
        `All invoices are paid; the request goes on.${size} Please approve or reject it.`,
      ),
    ],
  };
}

/** Not said yes to yet: the summary is asked again. */
function release(
  deps: SettleDeps,
  ticket: Ticket,
  { account, jobs, now }: { account: Account; jobs: Job[]; now: Date },
): Change {
  const step = act(ticket, 'release', { now, actor: 'bot' }, { checks: paid(ticket) });
  const special = wishesIn(deps.tickets.history(ticket.number));
  const { options, thread, number, language } = ticket;
  const summary = summaryOf(language, { account, options, jobs, special, invoices: [], now });
  const conversation =
    deps.tickets.conversation(thread) ?? newConversation(thread, ticket.requester.email);
  return {
    ticket: step,
    history: [step.entry],
    outbox: [
      toCustomer(
        ticket,
        `${invoicesPaid(language, ticket)}\n\n${summary}`,
        confirmChoices(language),
      ),
    ],
    conversation: { ...conversation, awaiting: { what: 'confirmation', ticketNumber: number } },
  };
}

function paid(ticket: Ticket): Ticket['checks'] {
  return ticket.checks.map((check) =>
    check.name === 'invoices' ? { ...check, ok: true, text: 'All invoices are paid.' } : check,
  );
}
