import type { Outgoing } from '../domain/message.ts';

/** A message on its way. `id` grows; the messages of one `lane` (a thread, a mailbox, the desk's ticket) are sent in its order. */
export type OutboxRow = {
  id: number;
  ticketNumber: number | null;
  lane: string;
  outgoing: Outgoing;
  /** Tries so far; above 0 it may have been sent before a crash. */
  attempts: number;
  createdAt: Date;
  lastError: string | null;
};

export interface Outbox {
  /** The first unsent row of each lane whose time has come, marked as being sent until `leaseUntil`, so that two processes never send the same. */
  claim(now: Date, leaseUntil: Date, limit: number): OutboxRow[];
  sent(id: number, now: Date): void;
  retryAt(id: number, at: Date, error: string): void;
  /** Gives a row back whose turn has not come, as if it had not been claimed. */
  putOff(id: number, until: Date): void;
  /** Takes a row that can never be sent out of the way of those behind it. */
  setAside(id: number, error: string): void;
  /** Rows that were set aside. */
  poisoned(): OutboxRow[];
  /** Puts a row that was set aside back into its lane. */
  revive(id: number): void;
  /** True while a lane has rows to be sent. */
  pending(lane: string): boolean;
}
