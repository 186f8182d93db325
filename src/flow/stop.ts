import type { Person } from '../domain/account.ts';
import type { Language } from '../domain/language.ts';
import { type Fact, optionFacts } from '../domain/options-words.ts';
import { reasonBy } from '../domain/phrases/life.ts';
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
  /** What is asked for. */
  options: Fact[];
  /** The admin for whom the link was made. */
  adminName: string;
  /** Why there is nothing left to be stopped, or that it is stopped now; null while it can be stopped. */
  over: string | null;
};

/** What the page says, and in which language. */
export type StopAnswer =
  | { ok: true; language: Language; view: StopView }
  | { ok: false; language: Language; reason: string };

/** Others may change the ticket at the same moment; a few tries are plenty. */
const MAX_TRIES = 5;

/** What would be stopped. Changes nothing, because mail programs open links by themselves. */
export async function viewStop(deps: Needs, token: string): Promise<StopAnswer> {
  const found = await admitted(deps, token);
  return found.ok ? shown(found) : found;
}

/** Stops the export, and tells the requester, the desk and all who were told of it who did. A second time changes nothing. */
export async function stopExport(deps: Needs, token: string): Promise<StopAnswer> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const found = await admitted(deps, token);
    if (!found.ok) return found;
    const { ticket, admin, entitled } = found;
    if (!canDo(ticket, 'cancel')) return shown(found);
    const done = await cancelTicket(deps, ticket, {
      actor: `customer:${admin.email}`,
      ...reasonBy({ what: 'stopped', name: admin.name }),
      mails: othersThan(admin, ticket, entitled).map((one) => mailTo('cancelled', ticket, one)),
    });
    if (done.ok) return shown(found, stopped(ticket.language));
  }
  return { ok: false, language: 'en', reason: busy('en') };
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
): Promise<Admitted | Extract<StopAnswer, { ok: false }>> {
  const claim = deps.tokens.readStop(token);
  const ticket = claim && deps.tickets.find(claim.ticketNumber);
  if (!claim || !ticket) return { ok: false, language: 'en', reason: invalidLink('en') };
  const { language } = ticket;
  try {
    const [entitled, jobs] = await Promise.all([
      deps.ats.admins(ticket.accountId),
      deps.ats.jobs(ticket.accountId),
    ]);
    const admin = entitled.find(
      ({ role, email }) => role === 'admin' && isSame(email, claim.email),
    );
    if (!admin) return { ok: false, language, reason: noAdmin(language) };
    return {
      ok: true,
      ticket,
      admin,
      entitled,
      options: optionFacts(ticket.options, jobs, language),
    };
  } catch {
    return { ok: false, language, reason: cannotCheck(language) };
  }
}

function shown({ ticket, admin, options }: Admitted, over?: string): StopAnswer {
  const { language } = ticket;
  const view = {
    ticketNumber: ticket.number,
    accountName: ticket.accountName,
    requesterName: ticket.requester.name,
    askedAt: ticket.confirmedAt ?? ticket.createdAt,
    options,
    adminName: admin.name,
    over: over ?? (canDo(ticket, 'cancel') ? null : alreadyOver(language, ticket)),
  };
  return { ok: true, language, view };
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
