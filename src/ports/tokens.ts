/**
 * Makes and reads the tokens in URLs and cookies. All are derived from the secret; none is stored. A token of another
 * purpose, a changed or a shortened one is refused, and refusing takes the same time whatever is wrong.
 */
export interface Tokens {
  /** For the URL of one file. */
  link(id: string, version: number): string;
  /** The link that a genuine token names. Whether that version of it still counts is for the caller to say. */
  readLink(token: string): { id: string; version: number } | null;
  /** For the page with all the files of an export. */
  page(exportId: string): string;
  /** The export that a genuine token names. */
  readPage(token: string): string | null;
  /** For the link in a mail with which an admin stops an export. */
  stop(ticketNumber: number, email: string): string;
  readStop(token: string): { ticketNumber: number; email: string } | null;
  /** The desk's sign-in token. */
  desk(): string;
  isDesk(token: string): boolean;
}
