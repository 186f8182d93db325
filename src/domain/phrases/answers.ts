import type { Invoice } from '../account.ts';
import { POLICY } from '../policy.ts';
import type { Progress } from '../plan.ts';
import { purgeDueAt } from '../retention.ts';
import { SECTION_CONTENT, sayPromise, sayUsualTimes } from '../summary.ts';
import type { Ticket } from '../ticket.ts';
import { sayBytes, sayCount, sayDay } from '../words.ts';
import { mustBePaid } from './conversation.ts';
import { howToCheck, howToOpen, sayMoment } from './delivery.ts';

/** Answers to questions, from what is true of the ticket. Each function is one answer. */

export function noRequest(): string {
  return 'There is no export request of yours at the moment. If you need one, say so and I summarise it for you first.';
}

/** What is known of a ticket beyond itself. */
export type Known = { progress: Progress | null; invoices: readonly Invoice[]; now: Date };

export function whereItStands(ticket: Ticket, known: Known): string {
  const request = `Your request ${ticket.number}`;
  const by = ticket.promisedAt ? ` You have it by ${sayDay(ticket.promisedAt)} at the latest.` : '';
  switch (ticket.status) {
    case 'collecting':
      return `${request} waits for a yes to its summary; nothing is prepared before that.`;
    case 'on_hold':
      return `${request} is on hold. ${whyOnHold(ticket, known.invoices)}`;
    case 'awaiting_approval':
      return `${request} is with our team, who look at it before it is prepared.${by}`;
    case 'approved':
      return `${request} is approved, and preparing it begins at any moment.${by}`;
    case 'building':
      return `${request} is being prepared${sayProgress(known.progress)}.${by}`;
    case 'delivered':
      return `${request} is delivered. ${linksEnd(ticket)}`;
    case 'expired':
      return `${request} was delivered, and its links have expired. The files are kept until ${sayDay(purgeDueAt(ticket))}: until then the same links can be made to work again.`;
    case 'purged':
      return `${request} was delivered, its links have expired, and the files are deleted. It can be prepared again.`;
    case 'failed':
      return `Something went wrong while we prepared request ${ticket.number}. Our team knows and works on it; you need not do anything.${by}`;
    case 'rejected':
      return `${request} was declined.${because(ticket.reason)} You can ask for a new one at any time.`;
    case 'cancelled':
      return `${request} was cancelled.${because(ticket.reason)} You can ask for a new one at any time.`;
  }
}

function because(reason: string | null): string {
  return reason ? ` The reason: ${reason}` : '';
}

export function whyOnHold(ticket: Ticket, invoices: readonly Invoice[]): string {
  const confirmed = ticket.confirmedAt
    ? ' Your yes is noted already.'
    : ' You can say yes to the summary already.';
  return `${invoices.length > 0 ? mustBePaid(invoices) : 'All invoices are paid now, so it goes on by itself shortly.'}${confirmed}`;
}

/** For example `: part 3 of 12, 4.1 GB of 20.0 GB`. */
function sayProgress(progress: Progress | null): string {
  if (!progress || progress.parts.total === 0) return '';
  const { parts, bytes } = progress;
  const part = Math.min(parts.done + 1, parts.total);
  return `: part ${part} of ${parts.total}, ${sayBytes(bytes.done)} of ${sayBytes(bytes.total)} done`;
}

export function whenReady(ticket: Ticket, known: Known): string {
  const late =
    ticket.promisedAt && ticket.promisedAt < known.now
      ? ' That day has passed; I am sorry for the delay, and our team is told that you ask.'
      : '';
  switch (ticket.status) {
    case 'awaiting_approval':
    case 'approved':
    case 'building':
    case 'failed': {
      const day = ticket.promisedAt
        ? `Your export is promised by ${sayDay(ticket.promisedAt)}.`
        : '';
      return [`${day}${late}`, whereItStands({ ...ticket, promisedAt: null }, known)]
        .filter((part) => part !== '')
        .join(' ');
    }
    case 'collecting':
      return sayPromise(ticket.options, known.now);
    case 'on_hold':
      return `${sayPromise(ticket.options, known.now, true)} ${whereItStands(ticket, known)}`;
    default:
      return whereItStands(ticket, known);
  }
}

export function usualTimes(): string {
  return `${sayUsualTimes()} Before you say yes, I tell you the exact day.`;
}

function linksEnd(ticket: Ticket): string {
  return ticket.expiresAt ? `The links work until ${sayMoment(ticket.expiresAt)}.` : '';
}

export function validity(ticket: Ticket | null): string {
  if (ticket?.status === 'delivered') {
    return `${linksEnd(ticket)} If you need more time, tell me before that.`;
  }
  if (ticket?.status === 'expired') {
    return `The links ended on ${sayMoment(ticket.expiresAt ?? ticket.statusChangedAt)}. Until ${sayDay(purgeDueAt(ticket))} the same links can be made to work again; just ask.`;
  }
  const days = ticket?.options.windowDays ?? POLICY.windowDays;
  return `The links work for ${sayCount(days, 'day')} from the day you get them. I remind you before they end, and the first ${POLICY.selfServiceExtensionHours} hours more you get at once when you ask. After that the files are kept for ${sayCount(POLICY.purgeGraceDays, 'more day', 'more days')} and then deleted; a new export can be prepared after that.`;
}

export function whatIsIncluded(ticket: Ticket | null): string {
  const sections = ticket?.options.sections ?? (['data', 'attachments', 'cvs'] as const);
  return [
    ticket ? `Request ${ticket.number} holds:` : 'A full export holds three parts:',
    ...sections.map((section) => `• ${SECTION_CONTENT[section]}`),
    'It comes as ZIP files, with one CSV that lists their links. CVs and attachments are in the format in which they were uploaded.',
  ].join('\n');
}

export function linksAgain(ticket: Ticket): string {
  return `Here is the CSV with the links again (request ${ticket.number}). ${linksEnd(ticket)}`;
}

export function linksNotForYou(): string {
  return 'I can give the links only to the person who asked for the export and to admins of the account.';
}

export function linksNotYet(ticket: Ticket, known: Known): string {
  return `The links do not exist yet. ${whereItStands(ticket, known)} I post them here as soon as it is ready.`;
}

export function linksStillWork(ticket: Ticket): string {
  return `By my records the links of request ${ticket.number} still work: ${linksEnd(ticket)} Here is the CSV again; please use the links in it as they are. If they do not work, try another browser or network, because some company networks block downloads.`;
}

export function zipWontOpen(): string {
  return `${howToOpen()} The tools that come with the system often fail with large files.\nIf it still does not open, compare the size of the file with the one in the CSV: a smaller one was not downloaded completely; download it again. ${howToCheck()}\nIf size and SHA-256 are right and it still fails, a colleague looks at it with you.`;
}

export function howToExtract(): string {
  return `${howToOpen()} Please open one ZIP first, before you download the rest.`;
}

export function dataMissing(ticket: Ticket | null): string {
  const limited =
    ticket && (ticket.options.jobs || ticket.options.from || ticket.options.to)
      ? ' Your export was limited to certain jobs or dates, so what lies outside of these is not in it.'
      : '';
  return `I am sorry. Please check first that all ZIP files of the CSV are downloaded and extracted into one folder.${limited} Files that could not be exported stand in missing.csv, with the reason. If something else is missing, tell me what it is: a colleague looks at it.`;
}

export function whyDuplicates(): string {
  return 'That is on purpose: a resume appears under each job its candidate applied to, so that each job is complete by itself. It is the same file each time; contents.csv in each ZIP says which candidate and which job it belongs to.';
}

export function structuredData(ticket: Ticket | null): string {
  const without = ticket && !ticket.options.sections.includes('data');
  return without
    ? 'The data files were not part of this request. I can ask for another export with them: ten CSV files with the fields of candidates, jobs, notes, tasks and the rest. Just say so.'
    : 'The fields are in the data files: ten CSV files with candidates, companies, contacts, jobs, pipelines, tasks, folders, users, attachments and the audit log. They lie in the ZIPs with "data" in their names. If you need a field that is not there, a colleague can say what is possible.';
}

export function temporaryAccess(passedOn: boolean): string {
  const next = passedOn
    ? 'I have passed your wish on; a colleague decides and answers here.'
    : 'A colleague decides about it: say that you want to talk to a person, and I pass your wish on.';
  return `For exports that you make yourself, our team can give you access to the platform for 24 to 48 hours in some cases. ${next}`;
}

export function noMigration(): string {
  return 'I am sorry, data cannot be moved directly to another account. What I can do is request a full export; you can keep it, or use it with another system.';
}

export function closedAccount(until: Date | null, now: Date): string {
  const rule = `The data of a closed account is kept for ${POLICY.retentionDays} days and can be exported until then.`;
  if (until && until <= now) {
    return `${rule} For your account that was until ${sayDay(until)}, so I can no longer request an export. A colleague can check whether anything is left: just say that you want to talk to a person.`;
  }
  const own = until ? ` For your account that is until ${sayDay(until)}.` : '';
  return `${rule}${own} Please do not leave it for later: say that you need an export, and I start right away.`;
}

export function invoicesOpen(invoices: readonly Invoice[]): string {
  return mustBePaid(invoices);
}

export function noInvoicesOpen(): string {
  return 'All invoices of your account are paid, so nothing holds up an export.';
}

export function invoicesRule(): string {
  return 'An export is prepared only when all invoices of the account are paid. A request can be made before that: it waits, and goes on by itself.';
}
