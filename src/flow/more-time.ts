import type { PageNotice } from '../domain/export-view.ts';
import { extensionHours, grantExtension, isSelfService } from '../domain/extension.ts';
import { extended } from '../domain/phrases/life.ts';
import { amend, canDo, type Ticket } from '../domain/ticket.ts';
import { sayDuration } from '../domain/words.ts';
import type { Change } from '../ports/tickets.ts';
import { actorOf, type OpenPage, type OpenPageDeps, openPage } from './open-page.ts';
import { mailToRequester, toCustomer, toDesk } from './outgoing.ts';

/**
 * A wish for more time on the download page: by the same rule as in the chat, at once or by the desk's click.
 * @param until the end of the links that the reader saw; when it has moved since, nothing is done a second time
 * @returns what to tell on the page; null when the token does not work
 */
export function moreTime(
  deps: OpenPageDeps,
  token: string,
  wish: { hours: number; until: string },
): PageNotice | null {
  const page = openPage(deps, token);
  if (!page) return null;
  const { ticket } = page;
  const hours = extensionHours(wish.hours);
  if (hours === null || !canDo(ticket, 'extend')) return 'try_again';
  if (ticket.expiresAt?.toISOString() !== wish.until) return 'extended_before';
  return isSelfService(ticket, hours) ? grant(deps, page, hours) : ask(deps, page, hours);
}

function grant(deps: OpenPageDeps, page: OpenPage, hours: number): PageNotice {
  const { ticket } = page;
  const now = deps.clock.now();
  const step = grantExtension(ticket, hours, { kind: 'policy', actor: actorOf(page) }, now);
  return commit(deps, 'extended', {
    ticket: step,
    history: [step.entry],
    outbox: [
      toCustomer(ticket, extended(ticket.language, ticket, step.after.expiresAt)),
      mailToRequester('extended', ticket),
      toDesk('info', `The customer was given ${sayHours(hours)} more, as the policy allows.`),
    ],
  });
}

/** The same wish twice waits for the desk once. */
function ask(deps: OpenPageDeps, page: OpenPage, hours: number): PageNotice {
  const { ticket } = page;
  if (ticket.extensionAskedHours === hours) return 'extension_asked';
  const by = { now: deps.clock.now(), actor: actorOf(page), detail: { hours } };
  const step = amend(ticket, 'extension_asked', by, { extensionAskedHours: hours });
  return commit(deps, 'extension_asked', {
    ticket: step,
    history: [step.entry],
    outbox: [toDesk('action', `The customer asks for ${sayHours(hours)} more. Please decide.`)],
  });
}

function commit(
  deps: OpenPageDeps,
  done: PageNotice,
  change: Change & { ticket: { after: Ticket } },
): PageNotice {
  return deps.tickets.commit(change, deps.clock.now()).ok ? done : 'try_again';
}

function sayHours(hours: number): string {
  return sayDuration(hours * 3_600_000);
}
