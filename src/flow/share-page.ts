import type { PageNotice } from '../domain/export-view.ts';
import { sayName } from '../domain/say-name.ts';
import { emailOf, MAX_SHARES, MAX_SHARES_EVER, mayShareWith } from '../domain/share.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';
import { actorOf, type OpenPageDeps, openPage } from './open-page.ts';
import { mailTo, toDesk } from './outgoing.ts';

const SEND_AGAIN_AFTER_MS = 10 * 60_000;

type Needs = OpenPageDeps & Pick<Deps, 'ats'>;

/**
 * Shares a download page with a colleague, who gets a mail with a link of their own. An address that has one already
 * gets the same once more.
 * @returns what to tell on the page; null when the token does not work or is a colleague's
 */
export async function sharePage(
  deps: Needs,
  token: string,
  address: string,
): Promise<PageNotice | null> {
  const page = openPage(deps, token);
  if (!page || page.share) return null;
  const { ticket } = page;
  const email = emailOf(address);
  if (!email) return 'not_an_address';
  const people = await deps.ats.peopleByEmail(email);
  const requester = { accountId: ticket.accountId, email: ticket.requester.email };
  if (!mayShareWith(email, requester, people)) return 'not_a_colleague';
  const now = deps.clock.now();
  const all = deps.shares.ofTicket(ticket.number);
  const active = all.filter(({ revokedAt }) => !revokedAt);
  const isNew = active.every((share) => share.email !== email);
  if (isNew && (active.length >= MAX_SHARES || all.length >= MAX_SHARES_EVER)) return 'too_many';
  if (!isNew && wasSentLately(deps, ticket, email, now)) return 'shared';
  const name = people.find(({ accountId }) => accountId === ticket.accountId)?.name ?? email;
  const actor = actorOf(page);
  deps.shares.add({ ticketNumber: ticket.number, email, name, sharedBy: actor }, now);
  deps.tickets.commit(
    {
      about: ticket.number,
      history: [{ at: now, actor, event: isNew ? 'shared' : 'shared_again', detail: { email } }],
      outbox: [
        mailTo('shared', ticket, { name, email }),
        ...(isNew ? [toDesk('info', `The download page is shared with ${sayName(email)}.`)] : []),
      ],
    },
    now,
  );
  return 'shared';
}

/** A second click on the same button sends no second mail. */
function wasSentLately(deps: Needs, ticket: Ticket, email: string, now: Date): boolean {
  return deps.tickets
    .history(ticket.number)
    .some(
      ({ event, detail, at }) =>
        ['shared', 'shared_again'].includes(event) &&
        detail.email === email &&
        now.getTime() - at.getTime() < SEND_AGAIN_AFTER_MS,
    );
}

/** Ends a colleague's link, at the requester's wish. Null when the token does not work or is a colleague's. */
export function unsharePage(deps: OpenPageDeps, token: string, shareId: string): PageNotice | null {
  const page = openPage(deps, token);
  if (!page || page.share) return null;
  return endShare(deps, page.ticket, shareId, actorOf(page)) ? 'unshared' : 'try_again';
}

/** Ends a colleague's link, at the desk. False when the ticket has no such share. */
export function unshareAtDesk(
  deps: Pick<Deps, 'clock' | 'tickets' | 'shares'>,
  number: number,
  shareId: string,
  agent: string,
): boolean {
  const ticket = deps.tickets.find(number);
  return ticket !== null && endShare(deps, ticket, shareId, `desk:${agent}`);
}

/** Dead first, told afterwards. A second time changes nothing. */
function endShare(
  deps: Pick<Deps, 'clock' | 'tickets' | 'shares'>,
  ticket: Ticket,
  shareId: string,
  actor: string,
): boolean {
  const share = deps.shares.find(shareId);
  if (share?.ticketNumber !== ticket.number) return false;
  if (share.revokedAt) return true;
  const now = deps.clock.now();
  deps.shares.revoke(share.id, actor, now);
  const { email } = share;
  deps.tickets.commit(
    {
      about: ticket.number,
      history: [{ at: now, actor, event: 'unshared', detail: { email } }],
      outbox: [toDesk('info', `The link of ${sayName(email)} no longer works.`)],
    },
    now,
  );
  return true;
}
