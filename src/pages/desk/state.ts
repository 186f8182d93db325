import { computed, signal } from '@preact/signals';
import type { DeskGroup } from '../../domain/desk-queue.ts';
import type { DeskList, DeskSession, DeskTicket } from '../../domain/desk-view.ts';
import type { StreamState } from '../shared/event-stream.ts';

/** What the page knows. `undefined` is "not asked yet". */
export const session = signal<DeskSession | null | undefined>(undefined);
export const list = signal<DeskList | null>(null);
export const ticket = signal<DeskTicket | null>(null);
/** Why the ticket of the address cannot be shown. */
export const ticketProblem = signal<string | null>(null);

export const search = signal('');
/** The group that alone is shown; null shows all. */
export const onlyGroup = signal<DeskGroup | null>(null);
/** How many rows of a group are wanted, once somebody asked for more. */
export const rowsWanted = signal<Partial<Record<DeskGroup, number>>>({});
export const connection = signal<StreamState>('connecting');

/** The ticket of the address; null shows the list alone. */
export const selected = signal<number | null>(numberIn(location.pathname));

/** The server's clock may be far from this machine's: in sample mode it jumps. */
const serverAheadMs = signal(0);
const tick = signal(Date.now());
setInterval(() => {
  tick.value = Date.now();
}, 15_000);
export const now = computed(() => new Date(tick.value + serverAheadMs.value));

export function setServerTime(iso: string): void {
  tick.value = Date.now();
  serverAheadMs.value = new Date(iso).getTime() - tick.value;
}

export function openTicket(number: number | null): void {
  if (number === selected.value) return;
  history.pushState(null, '', number === null ? '/desk' : `/desk/${number}`);
  selected.value = number;
}

addEventListener('popstate', () => {
  selected.value = numberIn(location.pathname);
});

function numberIn(path: string): number | null {
  const match = /^\/desk\/(\d+)$/.exec(path);
  return match ? Number(match[1]) : null;
}
