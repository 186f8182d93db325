import type { Grant, GrantStatus } from '../domain/grant.ts';
import type { HistoryEntry } from '../domain/ticket.ts';

/** The accesses that were asked for. They are changed by `TicketStore.commit`, together with messages and talk. */
export interface Grants {
  find(number: number): Grant | null;
  /** Newest first. */
  list(filter: { statuses?: readonly GrantStatus[]; accountId?: string; thread?: string }): Grant[];
  /** Oldest first. */
  history(number: number): HistoryEntry[];
}
