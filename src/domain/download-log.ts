import { csvText } from './csv.ts';

/** One request for a file, as the desk and its CSV say it. */
export type LogLine = {
  at: Date;
  /** Who, as far as the link tells: a colleague's address, the requester's page, or the links CSV. */
  who: string;
  fileName: string;
  /** First byte of the answer, and how many went out. */
  start: number;
  sentBytes: number;
  from: string;
  userAgent: string;
};

/**
 * Who came with a link.
 * @param via see `Download.via`
 * @param emails of the colleagues with whom the page is shared, by the id of the share
 */
export function sayWho(
  via: string | null | undefined,
  requester: string,
  emails: ReadonlyMap<string, string>,
): string {
  if (!via) return 'links CSV';
  return emails.get(via) ?? `page of ${requester}`;
}

/** The whole log of a ticket, for the desk. */
export function downloadLogCsv(lines: readonly LogLine[]): string {
  return csvText(
    ['at', 'who', 'file', 'first_byte', 'sent_bytes', 'ip', 'user_agent'],
    lines.map((line) => [
      line.at.toISOString(),
      line.who,
      line.fileName,
      line.start,
      line.sentBytes,
      line.from,
      line.userAgent,
    ]),
  );
}
