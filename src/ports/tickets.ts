import type { Conversation } from '../domain/conversation.ts';
import type { Grant, NewGrant } from '../domain/grant.ts';
import type { Outgoing } from '../domain/message.ts';
import type { HistoryEntry, NewTicket, Status, Ticket } from '../domain/ticket.ts';

/** State, history and outbox of one step; all of it is stored, or nothing. */
export type Change = {
  /** The ticket as it was read and as it shall be; the change is refused when somebody was faster. */
  ticket?: { before: Ticket; after: Ticket };
  /** A ticket to be opened. */
  open?: NewTicket;
  /** Ticket that history and outbox belong to, when the change neither opens nor changes it. */
  about?: number;
  history?: HistoryEntry[];
  outbox?: Outgoing[];
  conversation?: Conversation;
  /** An access to the platform that is opened or changed, with its own history. */
  grant?: { history: HistoryEntry[] } & ({ open: NewGrant } | { before: Grant; after: Grant });
  /** Id of the inbound event that caused the change; a second one with the same id is refused. */
  inboundId?: string;
};

export type Committed =
  | { ok: true; ticket: Ticket | null; grant?: Grant }
  /** The inbound event was handled before. */
  | { ok: false; why: 'duplicate' }
  /** Somebody changed the access first. */
  | { ok: false; why: 'grant_changed' }
  /** Somebody changed the ticket first: as it is now, and the last line of its history. */
  | { ok: false; why: 'conflict'; current: Ticket; last: HistoryEntry | null };

/** An export whose bytes may still lie in the store though its ticket has no use for them. */
export type UnneededExport = { exportId: string; ticketNumber: number };

export interface TicketStore {
  find(number: number): Ticket | null;
  /** Newest first. */
  list(filter: { statuses?: readonly Status[]; accountId?: string; thread?: string }): Ticket[];
  /** Oldest first. */
  history(number: number): HistoryEntry[];
  conversation(thread: string): Conversation | null;
  /** Conversations that a human has, or was called into; the longest first. */
  humanConversations(): Conversation[];
  /** The inbound event with this id was handled. */
  seen(inboundId: string): boolean;
  /**
   * Exports not yet removed of tickets that are over, and those that a newer export of a delivered ticket replaced;
   * oldest first.
   */
  unneededExports(): UnneededExport[];
  commit(change: Change, now: Date): Committed;
}
