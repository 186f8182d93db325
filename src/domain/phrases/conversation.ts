import type { Account, Invoice, Job } from '../account.ts';
import type { Choice } from '../message.ts';
import { sayList } from '../options-words.ts';
import { POLICY } from '../policy.ts';
import { sayName } from '../say-name.ts';
import type { Ticket } from '../ticket.ts';
import { sayCount, sayDay, sayDuration } from '../words.ts';
import { sayMoment } from './delivery.ts';

/** What the bot says on the way from a request to its end. Answers to questions stand in answers.ts. */

const YES: Choice = { label: 'Yes, go ahead', text: 'Yes, go ahead' };
const NO: Choice = { label: 'No, cancel it', text: 'No, cancel the request' };
const CHANGE: Choice = { label: 'Change something', text: 'I want to change something' };
export const CONFIRM: Choice[] = [YES, NO, CHANGE];
export const ASK_EXPORT: Choice = {
  label: 'Request a data export',
  text: 'I need a full data export',
};
export const EXTENSIONS: Choice[] = [
  { label: '24 hours', text: '24 hours more' },
  { label: '48 hours', text: '48 hours more' },
  { label: 'Another week', text: 'Another week' },
];

type Numbered = Pick<Ticket, 'number'>;

export function greeting(): string {
  return 'Hello! I look after data exports: I can request a full export of your account, tell you how a request stands, and help with its links. What can I do for you?';
}

export function welcome(): string {
  return 'You are welcome. I am here if you need anything else about your export.';
}

export function notEntitled(): string {
  return 'I am sorry, I can do this only for an admin or an authorised contact of an account, and the address that you are signed in with is neither. Please ask an admin of your account to write to me here; they can request the export themselves.';
}

export function whichAccount(names: readonly string[]): string {
  return `You look after several accounts. Which one is it about: ${sayList(names.map(sayName))}?`;
}

export function tooLate(account: Account, until: Date): string {
  return `The account ${sayName(account.name)} is closed. We keep the data of a closed account for ${POLICY.retentionDays} days, which was until ${sayDay(until)}, so I can no longer request an export. If you depend on this data, a colleague can check whether anything of it is left: just say that you want to talk to a person.`;
}

export function keptUntil(until: Date): string {
  return `Your account is closed. Its data is kept until ${sayDay(until)}, so please do not leave this for later.`;
}

/** For example `INV-7: 120.00 EUR, due on Sunday, 1 March 2026`. */
export function sayInvoice({ number, amount, currency, dueOn }: Invoice): string {
  return `${number}: ${amount} ${currency}, due on ${sayDay(new Date(`${dueOn}T00:00:00Z`))}`;
}

export function mustBePaid(invoices: readonly Invoice[]): string {
  const one = invoices.length === 1;
  return [
    `Before we can prepare an export, ${one ? 'this invoice has' : 'these invoices have'} to be paid:`,
    ...invoices.map((invoice) => `• ${sayInvoice(invoice)}`),
    `Your request waits for that and goes on by itself as soon as ${one ? 'it is' : 'they are'} paid; you need not ask again.`,
  ].join('\n');
}

export function confirmedOnHold(ticket: Numbered): string {
  return `Thank you, that is noted (request ${ticket.number}). It goes to our team by itself as soon as the invoices are paid, and I tell you here.`;
}

export function invoicesPaid(ticket: Numbered): string {
  return `Thank you, all invoices are paid. Your request ${ticket.number} goes on.`;
}

export function confirmed(ticket: Numbered, latestAt: Date): string {
  return `Thank you. Your request has the number ${ticket.number} and is with our team now. You will have your export by ${sayDay(latestAt)} at the latest; I post the links here and send them to you by mail. All admins of the account are told by mail that it was asked for.`;
}

/** To two threads: that of the admin who confirmed, and that of the admin who had asked. */
export function confirmedForAnother(ticket: Numbered, name: string, latestAt: Date): string {
  return `Thank you. The request has the number ${ticket.number} and is with our team now. The export will be there by ${sayDay(latestAt)} at the latest; the links are posted in the chat with ${sayName(name)} and sent there by mail, and any admin of the account can ask me for them. All admins are told by mail that it was asked for.`;
}

export function declined(): string {
  return 'All right, I have cancelled it and nothing will be exported. If you need it after all, just ask me again.';
}

export function changed(what: readonly string[]): string {
  return what.length > 0
    ? `I have changed that: ${what.join('; ').replace(/\.$/, '')}.`
    : 'I have changed that.';
}

export function unchanged(): string {
  return 'That is how it stands already.';
}

export function whatToChange(): string {
  return 'Gladly. What would you like to change? For example: "only the resumes", "only the Sales Manager job", "since 2021", or "ZIPs of 1 GB".';
}

export function passedOn(words: readonly string[]): string {
  return `Not everything can be set here: I pass on to our team that you wish ${sayList(words)}; they decide about it.`;
}

export function noSuchJob(wanted: string, near: readonly Job[]): string {
  const title = sayName(wanted);
  if (near.length === 0) {
    return `I do not find a job called "${title}" in your account. Please write its title as it stands there, or say "all jobs".`;
  }
  if (near.length === 1) {
    return `I do not find a job called "${title}". Do you mean "${sayName(near[0]?.title ?? '')}"?`;
  }
  return `I am not sure which job you mean by "${title}". Which of these is it?`;
}

export function jobChoices(titles: readonly string[]): Choice[] {
  const jobs = titles.map((title) => ({ label: sayName(title), text: sayName(title) }));
  return [...jobs, { label: 'All jobs', text: 'All jobs' }];
}

export function otherAddress(): string {
  return 'I can give links only here and to the address you are signed in with, not to another one.';
}

export function joined(ticket: Ticket, own: boolean): string {
  const who = own ? 'You have' : `${sayName(ticket.requester.name)} has`;
  return `${who} already asked for an export of ${sayName(ticket.accountName)} on ${sayDay(ticket.createdAt)} (request ${ticket.number}), so I do not open a second one.`;
}

export function tooLateToChange(): string {
  return 'What you wish is not part of it yet: I have passed it on to our team, who decide about it.';
}

export function reallyCancel(ticket: Numbered, hasLinks: boolean): string {
  const links = hasLinks ? ' The download links stop working and the files are deleted.' : '';
  return `Do you really want to cancel your export (request ${ticket.number})?${links}`;
}

export const CANCEL_CHOICES: Choice[] = [
  { label: 'Yes, cancel it', text: 'Yes' },
  { label: 'No, keep it', text: 'No' },
];

export function notCancelled(ticket: Numbered): string {
  return `Good, nothing is cancelled; request ${ticket.number} goes on.`;
}

export function nothingToCancel(): string {
  return 'There is no open request to cancel.';
}

export function forHowLong(): string {
  return 'Gladly. For how much longer do you need the links?';
}

export function waitsForColleague(hours: number, expiresAt: Date | null, keptUntil: Date): string {
  const asked = `A colleague decides about ${sayDuration(hours * 3_600_000)} more, and I tell you here.`;
  const end = expiresAt
    ? `The links work until ${sayMoment(expiresAt)}, and nothing is deleted before that.`
    : `The files are kept until ${sayMoment(keptUntil)}, and nothing is deleted before that.`;
  return `${asked} ${end}`;
}

export function notYetToExtend(ticket: Ticket): string {
  return `The time for the download begins only when you get the links (request ${ticket.number}), and it is ${sayCount(ticket.options.windowDays, 'day')}. If that turns out to be too short, tell me then.`;
}

export function offerExtension(until: Date): string {
  return `The links have expired, but the files are still there until ${sayDay(until)}: I can make the same links work again. For how long do you need them?`;
}

export function offerRebuild(): string {
  return 'The links have expired and the files are deleted, as agreed. I can have the export prepared again; that takes as long as the first time. Shall I ask our team for it?';
}

export const REBUILD_CHOICES: Choice[] = [
  { label: 'Yes, prepare it again', text: 'Yes' },
  { label: 'No, thanks', text: 'No, thanks' },
];

export function notRebuilt(): string {
  return 'All right, nothing is prepared. Just ask me when you need it.';
}

export function summaryStillWaits(): string {
  return 'Back to your request: shall I go ahead as summarised?';
}

export function pleaseYesOrNo(): string {
  return 'I am not sure what you mean. Shall I go ahead with the request as summarised: yes or no?';
}

export function notUnderstood(): string {
  return 'I am not sure what you mean. I look after exports of a whole account: tell me whether you want to request one, know how your request stands, or talk to a person.';
}

export function whichJob(): string {
  return 'I am not sure which job you mean. Which of these is it?';
}

export function notMine(): string {
  return 'That is not something I can do: I only look after exports of all the data of an account. For anything else, our support team is there for you: say that you want to talk to a person, and I pass you on.';
}

export function unreadable(): string {
  return 'I could not read your message. Please write in a few words what you need.';
}

export function extensionNotNeeded(): string {
  return 'All right, the links stay as they are.';
}

export function nothingWaits(): string {
  return 'There is nothing that waits for a yes or no from you.';
}

export function cannotLookUp(): string {
  return 'I cannot look up your account at the moment, so I cannot answer that. Please write again in a few minutes; nothing of your request is lost.';
}
