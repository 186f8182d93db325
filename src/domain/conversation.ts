/** What the bot waits for in a thread. */
export type Awaiting =
  /** which of the person's accounts is meant */
  | { what: 'account'; accountIds: string[] }
  /** yes or no to the summary of a ticket */
  | { what: 'confirmation'; ticketNumber: number }
  /** yes or no to cancelling a ticket */
  | { what: 'cancellation'; ticketNumber: number }
  /** for how long the links should go on working */
  | { what: 'extension'; ticketNumber: number }
  /** the answer to a question of the desk */
  | { what: 'answer'; ticketNumber: number };

/** What the bot remembers of a thread between two messages. */
export type Conversation = {
  thread: string;
  email: string;
  /** The account that the talk is about, once it is clear. */
  accountId: string | null;
  awaiting: Awaiting | null;
  /** Messages in a row that the bot did not understand. */
  misses: number;
  /** A human has taken over; the bot says nothing more here until it is called back. */
  humanSince: Date | null;
};

export function newConversation(thread: string, email: string): Conversation {
  return { thread, email, accountId: null, awaiting: null, misses: 0, humanSince: null };
}
