/**
 * Makes and reads the tokens in URLs and cookies. All are derived from the secret; none is stored. A token of another
 * purpose, a changed or a shortened one is refused, and refusing takes the same time whatever is wrong.
 */
export interface Tokens {
  /** For the URL of one file. @param via how it is come by: `page`, or the id of a share; see `Download.via` */
  link(id: string, version: number, via?: string | null): string;
  /** The link that a genuine token names. Whether that version of it still counts is for the caller to say. */
  readLink(token: string): { id: string; version: number; via?: string } | null;
  /** For the page with all the files of an export. @param shareId for a colleague's own page */
  page(exportId: string, shareId?: string): string;
  /** The export, and the share if it is a colleague's, that a genuine token names. */
  readPage(token: string): { exportId: string; shareId?: string } | null;
  /** For the link in a mail with which an admin stops an export. */
  stop(ticketNumber: number, email: string): string;
  readStop(token: string): { ticketNumber: number; email: string } | null;
  /** The desk's sign-in token. */
  desk(): string;
  isDesk(token: string): boolean;
}
