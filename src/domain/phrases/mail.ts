import type { Role } from '../account.ts';
import type { Coverage } from '../coverage.ts';
import { button, facts, list, type MailContent, text } from '../mail/content.ts';
import type { Fact } from '../options-words.ts';
import { sayName } from '../say-name.ts';
import type { Ticket } from '../ticket.ts';
import { sayBytes, sayCount, sayDay, sayDuration, sayTime } from '../words.ts';
import {
  type DeliveredAmount,
  howToCheck,
  howToOpen,
  sayAmount,
  sayMissing,
  sayMoment,
} from './delivery.ts';

/** What is said by mail, one function for each template. The reader may be the requester or another admin. */

type About = Pick<Ticket, 'number' | 'accountName'>;

const ROLE_WORDS = {
  admin: 'admin',
  authorised_contact: 'authorised contact',
  other: 'user',
} satisfies Record<Role, string>;

const MAX_FILES_SAID = 10;

/** @param stopUrl null when this reader cannot stop it, or nothing is left to be stopped */
export function requested(
  ticket: About & Pick<Ticket, 'requester'>,
  askedAt: Date,
  options: readonly Fact[],
  stopUrl: string | null,
): MailContent {
  const { name, email, role } = ticket.requester;
  const account = sayName(ticket.accountName);
  return {
    subject: `A data export of ${account} was requested`,
    heading: 'A data export was requested',
    blocks: [
      text(
        `Somebody has asked for an export of the data of ${account}. You need not do anything: we tell all admins and authorised contacts of an account, so that no export happens without their knowledge.`,
      ),
      facts(
        {
          label: 'Requested by',
          value: `${sayName(name)}, ${sayName(email)} (${ROLE_WORDS[role]})`,
        },
        { label: 'When', value: sayTime(askedAt) },
        { label: 'Request', value: String(ticket.number) },
        ...options,
      ),
      ...(stopUrl
        ? [
            text(
              'If this is not right, you can stop it. You are asked once more before it happens.',
            ),
            button('Look at the request, or stop it', stopUrl),
          ]
        : [text('If this is not right, please tell an admin of your account, or write to us.')]),
    ],
  };
}

export function delivered(
  ticket: About,
  amount: DeliveredAmount,
  expiresAt: Date,
  pageUrl: string,
  csvName: string,
): MailContent {
  return {
    subject: `Your data export is ready: ${sayAmount(amount)}`,
    heading: 'Your data export is ready',
    blocks: [
      text(
        `The data export of ${sayName(ticket.accountName)} is ready: ${sayAmount(amount)}. The links work until ${sayMoment(expiresAt)}.`,
      ),
      button('Open the download page', pageUrl),
      list(
        `The same links are in ${csvName}, attached to this mail. Whoever has this mail can download the files, so please keep it to yourselves.`,
        howToOpen(),
        amount.missing > 0 ? sayMissing(amount.missing) : null,
        'If you need more time, ask in the support chat while the links still work.',
        howToCheck(),
      ),
    ],
  };
}

/** @param coverage what was downloaded; null when nobody can tell */
export function warning(
  ticket: About,
  expiresAt: Date,
  now: Date,
  coverage: Coverage | null,
  filesLeft: readonly string[],
  pageUrl: string,
): MailContent {
  const time = sayDuration(expiresAt.getTime() - now.getTime());
  const ends = `The links of the data export of ${sayName(ticket.accountName)} stop working on ${sayMoment(expiresAt)}.`;
  return {
    subject: `${capitalised(time)} left to download your data export`,
    heading: `The links work for ${time} more`,
    blocks: [
      ...(coverage
        ? [
            text(`${ends} Not yet downloaded in full: ${sayLeft(coverage)}.`),
            list(...firstOf(filesLeft)),
          ]
        : [text(`${ends} If you have downloaded everything, you need not do anything.`)]),
      button('Open the download page', pageUrl),
      text('If you need more time, ask in the support chat; the same links then go on working.'),
    ],
  };
}

function sayLeft({ files, bytes }: Coverage): string {
  return `${files.total - files.done} of ${sayCount(files.total, 'ZIP file')} (${sayBytes(bytes.total - bytes.done)})`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function firstOf(names: readonly string[]): string[] {
  if (names.length <= MAX_FILES_SAID) return [...names];
  const more = names.length - MAX_FILES_SAID + 1;
  return [...names.slice(0, MAX_FILES_SAID - 1), `and ${sayCount(more, 'more file')}`];
}

export function extended(ticket: About, expiresAt: Date, pageUrl: string): MailContent {
  return {
    subject: `More time for your data export: until ${sayTime(expiresAt)}`,
    heading: 'You have more time',
    blocks: [
      text(
        `The links of the data export of ${sayName(ticket.accountName)} now work until ${sayMoment(expiresAt)}. They are the same links: the CSV that you have goes on working.`,
      ),
      button('Open the download page', pageUrl),
    ],
  };
}

export function expired(ticket: About, expiredAt: Date, purgeAt: Date): MailContent {
  return {
    subject: 'The links of your data export have stopped working',
    heading: 'The download time is over',
    blocks: [
      text(
        `The links of the data export of ${sayName(ticket.accountName)} stopped working on ${sayMoment(expiredAt)}.`,
      ),
      text(
        `We keep the files until ${sayMoment(purgeAt)}. If you still need them, ask in the support chat before then, and the same links work again. If you have everything, you need not do anything.`,
      ),
    ],
  };
}

export function purged(ticket: About, purgedAt: Date): MailContent {
  return {
    subject: 'The files of your data export were deleted',
    heading: 'The files were deleted',
    blocks: [
      text(
        `As announced, the files of the data export of ${sayName(ticket.accountName)} (request ${ticket.number}) were deleted on ${sayMoment(purgedAt)}. The data in your account itself is not touched.`,
      ),
      text('If you need an export again, ask in the support chat at any time.'),
    ],
  };
}

export function delayed(ticket: About, promisedAt: Date): MailContent {
  return {
    subject: 'Your data export takes longer than we promised',
    heading: 'Your data export takes longer',
    blocks: [
      text(
        `We promised the data export of ${sayName(ticket.accountName)} (request ${ticket.number}) by ${sayDay(promisedAt)}, and we will probably not keep that. We are sorry.`,
      ),
      text(
        'Our team has been told and is on it. You get a mail as soon as the export is ready; you need not do anything.',
      ),
    ],
  };
}

export function cancelled(ticket: About & Pick<Ticket, 'reason'>, at: Date): MailContent {
  return {
    subject: `The data export of ${sayName(ticket.accountName)} was cancelled`,
    heading: 'The data export was cancelled',
    blocks: [
      text(
        `The data export of ${sayName(ticket.accountName)} (request ${ticket.number}) was cancelled on ${sayTime(at)}. Links that were sent for it no longer work.`,
      ),
      ...(ticket.reason ? [facts({ label: 'The reason', value: ticket.reason })] : []),
      text('If the export is needed after all, ask for it in the support chat.'),
    ],
  };
}
