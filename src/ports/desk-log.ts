import type { DeskNotice } from '../domain/message.ts';

type DeskLine = DeskNotice & { id: number; ticketNumber: number; at: Date };

/** The notices of the web desk. */
export interface DeskLog {
  /** The same key is stored once. */
  append(ticketNumber: number, notice: DeskNotice, key: string, now: Date): void;
  /** Notices of a ticket, oldest first. */
  of(ticketNumber: number): DeskLine[];
  /** Changes whenever anything that the desk shows has changed. */
  revision(): string;
}
