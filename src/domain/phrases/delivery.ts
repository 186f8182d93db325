import type { BotMessage, DeskNotice } from '../message.ts';
import { sayName } from '../say-name.ts';
import type { Ticket } from '../ticket.ts';
import { sayBytes, sayCount, sayTime } from '../words.ts';

/** Stands in a stored message where the address of the download page goes when it is sent, so that no link is stored. */
export const PAGE_LINK = '{download page}';

/** What a finished export holds. */
export type DeliveredAmount = { parts: number; bytes: number; missing: number };

/** To the customer, with the links CSV. */
export function exportReady(
  ticket: Pick<Ticket, 'number' | 'accountName'>,
  amount: DeliveredAmount,
  expiresAt: Date,
  csvName: string,
): BotMessage {
  const lines = [
    `Your data export for ${sayName(ticket.accountName)} is ready: ${sayAmount(amount)}.`,
    '',
    `The links are in ${csvName}, attached here and in a mail to you, and on this page: ${PAGE_LINK}`,
    `They work until ${sayMoment(expiresAt)}.`,
    '',
    ...[
      howToOpen(),
      amount.missing > 0 ? sayMissing(amount.missing) : '',
      'If you need more time, just tell me here while the links still work.',
      howToCheck(),
    ]
      .filter((line) => line !== '')
      .map((line) => `• ${line}`),
  ];
  return {
    text: lines.join('\n'),
    choices: [{ label: 'I need more time', text: 'I need more time to download.' }],
    attachment: { kind: 'links_csv', ticketNumber: ticket.number },
  };
}

export function howToOpen(): string {
  return 'To open the ZIPs, use 7-Zip or WinRAR on Windows and The Unarchiver on a Mac; extract them all into one folder.';
}

/** Says that something is not there; only for more than nothing. */
export function sayMissing(missing: number): string {
  const those = missing === 1 ? 'It is' : 'They are';
  return `${sayCount(missing, 'file')} could not be exported. ${those} listed in missing.csv, with the reason.`;
}

export function howToCheck(): string {
  return 'To check that a download is whole, compare its SHA-256 with the one in the CSV or in SHA256SUMS.';
}

/** `12 ZIP files, 38.4 MB`. */
export function sayAmount({ parts, bytes }: Pick<DeliveredAmount, 'parts' | 'bytes'>): string {
  return `${sayCount(parts, 'ZIP file')}, ${sayBytes(bytes)}${parts > 1 ? ' in all' : ''}`;
}

/** A time in words and as ISO 8601: `Friday, 27 November 2026, 14:00 UTC (2026-11-27T14:00:00Z)`. */
export function sayMoment(at: Date): string {
  return `${sayTime(at)} (${at.toISOString().replace(/\.\d{3}Z$/, 'Z')})`;
}

/** To the desk. */
export function deliveredNotice(amount: DeliveredAmount, expiresAt: Date): DeskNotice {
  const missing = amount.missing
    ? ` ${sayCount(amount.missing, 'file')} could not be exported; the customer was told, and missing.csv lists them.`
    : '';
  return {
    level: 'info',
    text: `Delivered: ${sayAmount(amount)}. The links work until ${sayTime(expiresAt)}.${missing}`,
  };
}
