/** A colleague of the requester with whom the download page is shared. The token in their link is derived from the id. */
export type Share = {
  id: string;
  ticketNumber: number;
  email: string;
  name: string;
  /** `customer:ADDRESS`. */
  sharedBy: string;
  sharedAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
};

/** With whom download pages are shared. */
export interface Shares {
  /** Keeps a share of its own for each address of a ticket; an address that was revoked gets a new one. */
  add(share: Pick<Share, 'ticketNumber' | 'email' | 'name' | 'sharedBy'>, now: Date): Share;
  find(id: string): Share | null;
  /** In the order in which they were added, revoked ones too. */
  ofTicket(ticketNumber: number): Share[];
  /** Ends a share for good. Safe to repeat. */
  revoke(id: string, by: string, now: Date): void;
}
