/** Makes and reads the tokens in URLs and cookies. All are derived from the secret; none is stored. Comparing takes the same time whatever is wrong. */
export interface Tokens {
  link(id: string, version: number): string;
  /** The id that a link's token claims; prove it with `isLink` once the version is known. */
  linkId(token: string): string | null;
  isLink(token: string, id: string, version: number): boolean;
  /** For the link in a mail with which an admin stops an export. */
  stop(ticketNumber: number, email: string): string;
  readStop(token: string): { ticketNumber: number; email: string } | null;
  /** The desk's sign-in token. */
  desk(): string;
  isDesk(token: string): boolean;
}
