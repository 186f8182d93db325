import type { Invoice } from '../account.ts';
import type { Language } from '../language.ts';
import type { Fact } from '../options-words.ts';
import { POLICY } from '../policy.ts';
import { sayName } from '../say-name.ts';
import type { Cause, Status, Ticket } from '../ticket.ts';
import { sayCount, sayDay, sayDays, sayMoment } from '../words.ts';
import { catalogue } from './catalogue.ts';
import { sayInvoice } from './conversation.ts';
import de from './de/life.json' with { type: 'json' };
import en from './en/life.json' with { type: 'json' };
import es from './es/life.json' with { type: 'json' };
import fr from './fr/life.json' with { type: 'json' };
import hi from './hi/life.json' with { type: 'json' };
import pt from './pt/life.json' with { type: 'json' };

/** What customers and the desk are told after a decision. Each function is one message. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

type Numbered = Pick<Ticket, 'number'>;
type Promised = Pick<Ticket, 'number' | 'promisedAt'>;

export function approved(language: Language, ticket: Promised): string {
  return sentences(
    phrase(language, 'approved', numbered(ticket)),
    haveItBy(language, ticket),
    phrase(language, 'postedWhenReady'),
  );
}

function haveItBy(language: Language, { promisedAt }: Promised): string {
  return promisedAt ? phrase(language, 'haveItBy', { day: sayDay(promisedAt, language) }) : '';
}

export function rejected(language: Language, ticket: Numbered, reason: string): string {
  return [
    phrase(language, 'rejected', numbered(ticket)),
    phrase(language, 'reason', { reason }),
    phrase(language, 'ifUnclear'),
  ].join('\n');
}

export function heldAgain(
  language: Language,
  ticket: Numbered,
  invoices: readonly Invoice[],
): string {
  return [
    phrase(language, 'heldAgain', { ...numbered(ticket), count: invoices.length }),
    ...invoices.map((invoice) => `• ${sayInvoice(language, invoice)}`),
    phrase(language, 'goesOnOncePaid'),
  ].join('\n');
}

export function heldAgainForDesk(invoices: readonly Invoice[]): string {
  const open = sayCount(invoices.length, 'invoice');
  const list = invoices.map((invoice) => sayInvoice('en', invoice)).join('; ');
  return `Not approved: ${open} of this account must be paid first (${list}). The ticket is on hold, the customer was told, and it comes back by itself once they are paid.`;
}

export function cancelled(
  language: Language,
  ticket: Numbered,
  reason: string,
  hadLinks: boolean,
): string {
  return [
    sentences(
      phrase(language, 'cancelled', numbered(ticket)),
      hadLinks ? phrase(language, 'linksAreDead') : '',
    ),
    phrase(language, 'reason', { reason }),
    phrase(language, 'afterAll'),
  ].join('\n');
}

/** Why a ticket ended, in the reader's language where Waybill gave the reason. Without a language it is for the desk. */
export function sayCause(cause: Cause, language: Language = 'en'): string {
  switch (cause.what) {
    case 'declined':
    case 'desk':
      return phrase(language, `cause.${cause.what}`);
    case 'customer':
    case 'stopped':
      return phrase(language, `cause.${cause.what}`, { name: sayName(cause.name) });
    case 'lapsed':
      return sayLapse(cause.status, language);
  }
}

function sayLapse(status: Status, language: Language): string {
  const days = (count: number) => ({ days: sayDays(count, language) });
  switch (status) {
    case 'collecting':
      return phrase(language, 'lapsed.collecting', days(POLICY.collectingDays));
    case 'on_hold':
      return phrase(language, 'lapsed.on_hold', days(POLICY.onHoldDays));
    case 'awaiting_approval':
      return phrase(language, 'lapsed.awaiting_approval', days(POLICY.awaitingDays));
    case 'failed':
      return phrase(language, 'lapsed.failed', days(POLICY.failedDays));
    default:
      return phrase(language, 'lapsed.building', days(POLICY.buildingDays));
  }
}

/** What a customer reads as the reason of a ticket; null when there is none. */
export function reasonOf(
  language: Language,
  { reason, cause }: Pick<Ticket, 'reason' | 'cause'>,
): string | null {
  return cause ? sayCause(cause, language) : reason;
}

/** What a ticket keeps of a reason that Waybill gave. */
export function reasonBy(cause: Cause): { reason: string; cause: Cause } {
  return { reason: sayCause(cause), cause };
}

export function question(language: Language, ticket: Numbered, text: string): string {
  return [
    phrase(language, 'question', numbered(ticket)),
    text,
    phrase(language, 'answerHere'),
  ].join('\n');
}

export function optionsChanged(
  language: Language,
  ticket: Promised,
  facts: readonly Fact[],
): string {
  return [
    phrase(language, 'optionsChanged', numbered(ticket)),
    ...facts.map(({ label, value }) => `• ${label}: ${value}`),
    haveItBy(language, ticket),
    phrase(language, 'ifNotWanted'),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

export function extended(language: Language, ticket: Numbered, expiresAt: Date): string {
  const until = sayMoment(expiresAt, language);
  return phrase(language, 'extended', { ...numbered(ticket), until });
}

export function extensionRefused(
  language: Language,
  ticket: Pick<Ticket, 'number' | 'expiresAt'>,
  now: Date,
  reason = '',
): string {
  const { expiresAt } = ticket;
  const said = phrase(language, 'notExtended', numbered(ticket));
  const why = reason ? `${said}\n${phrase(language, 'reason', { reason })}\n` : `${said} `;
  const end =
    expiresAt && expiresAt > now
      ? phrase(language, 'stillUntil', { until: sayMoment(expiresAt, language) })
      : phrase(language, 'linksEnded');
  return `${why}${end} ${phrase(language, 'weHelp')}`;
}

export function triedAgain(language: Language, ticket: Numbered): string {
  return phrase(language, 'triedAgain', numbered(ticket));
}

export function builtAgain(language: Language, ticket: Promised, linksWork: boolean): string {
  const { promisedAt } = ticket;
  const said = promisedAt
    ? phrase(language, 'builtAgainBy', { ...numbered(ticket), day: sayDay(promisedAt, language) })
    : phrase(language, 'builtAgain', numbered(ticket));
  return sentences(said, linksWork ? phrase(language, 'oldLinksWork') : '');
}

export function askedAgain(language: Language, ticket: Numbered): string {
  return phrase(language, 'askedAgain', numbered(ticket));
}

export function resent(language: Language, ticket: Pick<Ticket, 'number' | 'expiresAt'>): string {
  const { expiresAt } = ticket;
  return sentences(
    phrase(language, 'resent', numbered(ticket)),
    expiresAt ? phrase(language, 'linksUntil', { until: sayMoment(expiresAt, language) }) : '',
  );
}

/** To the desk, when a message was set aside. */
export function unsent(to: 'thread' | 'mail', error: string): string {
  const what = to === 'thread' ? 'A message in the chat' : 'A mail';
  return `${what} could not be sent and was set aside: ${error} Remove the cause and send it again, or tell the customer yourself.`;
}

function numbered({ number }: Numbered): { request: string } {
  return { request: String(number) };
}

function sentences(...all: string[]): string {
  return all.filter((sentence) => sentence !== '').join(' ');
}
