import type { Person } from '../domain/account.ts';
import { type Fact, optionFacts } from '../domain/options-words.ts';
import { stopReason } from '../domain/phrases/life.ts';
import {
  alreadyOver,
  busy,
  cannotCheck,
  invalidLink,
  noAdmin,
  stopped,
} from '../domain/phrases/stop.ts';
import { canDo, type Ticket } from '../domain/ticket.ts';
import { cancelTicket } from './cancel.ts';
import type { Deps } from './deps.ts';
import { mailTo } from './outgoing.ts';

type Needs = Pick<
  Deps,
  'tickets' | 'tokens' | 'ats' | 'exports' | 'links' | 'queue' | 'clock' | 'log'
>;

/** What the page behind the link in the admins' mail shows. */
type StopView = {
  ticketNumber: number;
  accountName: string;
  requesterName: string;
  askedAt: Date;
  /** What is asked for, in  */
  options: Fact[];
  /** The admin for whom the link was made. */
  adminName: string;
  /** Why there is nothing left to be stopped, or that it is stopped now; null while it can be stopped. */
  over: string | null;
};

export type StopAnswer = { ok: true; view: StopView } | { ok: false; reason: string };

/** Others may change the ticket at the same moment; a few tries are plenty. */
const MAX_TRIES = 5;

/** What would be stopped. Changes nothing, because mail programs open links by themselves. */
export async function viewStop(deps: Needs, token: string): Promise<StopAnswer> {
  const found = await admitted(deps, token);
  return found.ok ? { ok: true, view: viewOf(found) } : found;
}

/** Stops the export, and tells the requester, the desk and all who were told of it who did. A second time changes nothing. */
export async function stopExport(deps: Needs, token: string): Promise<StopAnswer> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const found = await admitted(deps, token);
    if (!found.ok) return found;
    const { ticket, admin, entitled } = found;
    if (!canDo(ticket, 'cancel')) return { ok: true, view: viewOf(found) };
    const done = await cancelTicket(deps, ticket, {
      actor: `customer:${admin.email}`,
      reason: stopReason(admin.name),
      mails: othersThan(admin, ticket, entitled).map((one) => mailTo('cancelled', ticket, one)),
    });
    if (done.ok) return { ok: true, view: { ...viewOf(found), over: stopped() } };
  }
  return { ok: false, reason: busy() };
}

/** `entitled` are the account's admins and authorised contacts: all who were told that the export was asked for. */
type Admitted = {
  ok: true;
  ticket: Ticket;
  admin: Person;
  entitled: Person[];
  options: Fact[];
};

/** Lets in who has a genuine link and is still an admin of the account. */
async function admitted(
  deps: Needs,
  token: string,
): Promise<Admitted | { ok: false; reason: string }> {
  const claim = deps.tokens.readStop(token);
  const ticket = claim && deps.tickets.find(claim.ticketNumber);
  if (!claim || !ticket) return { ok: false, reason: invalidLink() };
  try {
    const [entitled, jobs] = await Promise.all([
      deps.ats.admins(ticket.accountId),
      deps.ats.jobs(ticket.accountId),
    ]);
    const admin = entitled.find(
      ({ role, email }) => role === 'admin' && isSame(email, claim.email),
    );
    if (!admin) return { ok: false, reason: noAdmin() };
    return { ok: true, ticket, admin, entitled, options: optionFacts(ticket.options, jobs) };
  } catch {
    return { ok: false, reason: cannotCheck() };
  }
}

function viewOf({ ticket, admin, options }: Admitted): StopView {
  return {
    ticketNumber: ticket.number,
    accountName: ticket.accountName,
    requesterName: ticket.requester.name,
    askedAt: ticket.confirmedAt ?? ticket.createdAt,
    options,
    adminName: admin.name,
    over: canDo(ticket, 'cancel') ? null : alreadyOver(ticket),
  };
}

function othersThan(
  admin: Person,
  ticket: Ticket,
  entitled: readonly Person[],
): { name: string; email: string }[] {
  const people = [ticket.requester, ...entitled];
  return people.filter(
    ({ email }, index) =>
      !isSame(email, admin.email) && people.findIndex((one) => isSame(one.email, email)) === index,
  );
}

function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
