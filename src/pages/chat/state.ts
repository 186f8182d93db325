import { computed, signal } from '@preact/signals';
import type { ChatEntry, SessionAnswer } from '../../domain/chat-view.ts';
import type { StreamState } from '../shared/event-stream.ts';

/** A message that the server does not have yet. */
export type PendingMessage = {
  clientKey: string;
  text: string;
  files: File[];
  at: Date;
  /** The last message that was there when this one was written. */
  afterId: number;
  /** `waiting`: sent again by itself; `refused`: the writer has to do something. */
  state: 'sending' | 'waiting' | 'refused';
  problem: string | null;
};

/** Everything that the page shows. `null` until the server was asked. */
export const session = signal<SessionAnswer | null>(null);
export const entries = signal<ChatEntry[]>([]);
export const hasEarlier = signal(false);
export const pending = signal<PendingMessage[]>([]);
export const connection = signal<StreamState>('connecting');
/** The server's time; in sample mode it can be days ahead of the reader's. */
export const now = signal(new Date());
export const waitsForReply = signal(false);
/** Why the page cannot go on; one sentence. */
export const stopped = signal<string | null>(null);

/** The last message id that was seen. */
export const lastId = computed(() => entries.value.at(-1)?.id ?? 0);

/** Own messages still to be shown as not sent; one that the event stream brought already is not. */
export const unsent = computed(() =>
  pending.value.filter(
    (mine) =>
      !entries.value.some(
        (entry) =>
          entry.id > mine.afterId &&
          entry.author === 'customer' &&
          entry.text === mine.text &&
          entry.uploads.length === mine.files.length,
      ),
  ),
);

/** Answers that can be given with a click: until the customer has written something after them. */
export const openChoicesAfterId = computed(() =>
  unsent.value.some((mine) => mine.state !== 'refused')
    ? Number.POSITIVE_INFINITY
    : (entries.value.findLast((entry) => entry.author === 'customer')?.id ?? 0),
);

/** Puts messages in their place; one that is there already stays. */
export function addEntries(more: ChatEntry[]): void {
  const known = new Set(entries.value.map((entry) => entry.id));
  const fresh = more.filter((entry) => !known.has(entry.id));
  if (fresh.length === 0) return;
  entries.value = [...entries.value, ...fresh].sort((a, b) => a.id - b.id);
}
