import type { Invoice } from '../domain/account.ts';
import { approved, heldAgain, heldAgainForDesk, rejected } from '../domain/phrases/life.ts';
import { retainedUntil } from '../domain/retention.ts';
import { act, canDo, type Ticket } from '../domain/ticket.ts';
import { sayDay } from '../domain/words.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import { byDesk, clickedTicket, commitClick, refuse, stopAwaiting } from './click.ts';
import type { Deps } from './deps.ts';
import { toCustomer, toDesk } from './outgoing.ts';

const MAX_REASON_CHARACTERS = 2_000;

/** Approves a ticket after asking the ATS once more; building is begun by whoever looks for approved tickets. */
export async function approve(
  deps: Pick<Deps, 'tickets' | 'ats' | 'clock'>,
  click: Click,
): Promise<Clicked> {
  const found = clickedTicket(deps, click, 'approve', (ticket) => canDo(ticket, 'approve'));
  if (!found.ok) return found;
  const { ticket } = found;
  if (isRequester(ticket, click.agent)) {
    return refuse('You asked for this export yourself, so somebody else has to approve it.');
  }
  const now = deps.clock.now();
  const answer = await askAts(deps, ticket, now);
  if (answer.problem !== null) return refuse(answer.problem);
  if (answer.invoices.length > 0) return holdAgain(deps, ticket, answer.invoices, click, now);
  const approval = { by: click.agent, at: now.toISOString(), options: ticket.options };
  const step = act(ticket, 'approve', byDesk(click, now), { approval });
  return commitClick(
    deps,
    step,
    [toCustomer(ticket, approved(ticket)), toDesk('info', `Approved by ${click.agent}.`)],
    now,
  );
}

/** Declines a ticket; the customer reads the reason. */
export async function reject(
  deps: Pick<Deps, 'tickets' | 'clock'>,
  click: Click,
  reason: string,
): Promise<Clicked> {
  const why = reasonOf(reason);
  if (why === null) {
    return refuse(
      `Write a reason of up to ${MAX_REASON_CHARACTERS} characters; the customer reads it.`,
    );
  }
  const found = clickedTicket(deps, click, 'reject', (ticket) => canDo(ticket, 'reject'));
  if (!found.ok) return found;
  const { ticket } = found;
  const now = deps.clock.now();
  const step = act(ticket, 'reject', byDesk(click, now, { reason: why }), { reason: why });
  return commitClick(
    deps,
    step,
    [
      toCustomer(ticket, rejected(ticket, why)),
      toDesk('info', `Rejected by ${click.agent}: ${why}`),
    ],
    now,
    stopAwaiting(deps, ticket),
  );
}

/** A reason, trimmed; null when it is empty or too long to be shown. */
export function reasonOf(text: string): string | null {
  const reason = text.trim();
  return reason === '' || reason.length > MAX_REASON_CHARACTERS ? null : reason;
}

export function isRequester(ticket: Ticket, agent: string): boolean {
  return agent.trim().toLowerCase() === ticket.requester.email.trim().toLowerCase();
}

/** What the ATS says at the moment of the click; `problem` is why the ticket cannot be approved now. */
async function askAts(
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

function holdAgain(
  deps: Pick<Deps, 'tickets'>,
  ticket: Ticket,
  invoices: Invoice[],
  click: Click,
  now: Date,
): Clicked {
  const text = heldAgainForDesk(invoices);
  const checks = ticket.checks.map((check) =>
    check.name === 'invoices' ? { ...check, ok: false, text } : check,
  );
  const step = act(ticket, 'hold', byDesk(click, now, { invoices: invoices.length }), { checks });
  const done = commitClick(
    deps,
    step,
    [toCustomer(ticket, heldAgain(ticket, invoices)), toDesk('info', text)],
    now,
  );
  return done.ok ? refuse(text) : done;
}
