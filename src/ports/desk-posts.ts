/** Where a message of the desk stands. */
export type DeskPost = { channel: string; ts: string };

/** What a desk in a chat service has posted, so that cards are edited and nothing is posted twice. */
export interface DeskPosts {
  /**
   * Notes that a message is about to be posted.
   * @returns where it stands when it was posted; 'begun' when an earlier try ended unknown; 'new' otherwise
   */
  begin(ticketNumber: number, key: string, now: Date): DeskPost | 'begun' | 'new';
  /** Takes back what `begin` noted, when nothing was posted for certain. */
  notBegun(ticketNumber: number, key: string): void;
  /** Notes where it was posted. */
  posted(ticketNumber: number, key: string, post: DeskPost): void;
  find(ticketNumber: number, key: string): DeskPost | null;
}
