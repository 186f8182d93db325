import { computed, signal } from '@preact/signals';
import type { DeskGroup } from '../../domain/desk-queue.ts';
import type {
  DeskList,
  DeskPlace,
  DeskSession,
  DeskTalkPage,
  DeskTicket,
} from '../../domain/desk-view.ts';
import type { StreamState } from '../shared/event-stream.ts';

/** What the page knows. `undefined` is "not asked yet". */
export const session = signal<DeskSession | null | undefined>(undefined);
export const list = signal<DeskList | null>(null);
export const ticket = signal<DeskTicket | null>(null);
export const talk = signal<DeskTalkPage | null>(null);
/** Why what the address names cannot be shown. */
export const placeProblem = signal<string | null>(null);

export const search = signal('');
/** The group that alone is shown; null shows all. */
export const onlyGroup = signal<DeskGroup | null>(null);
/** How many rows of a group are wanted, once somebody asked for more. */
export const rowsWanted = signal<Partial<Record<DeskGroup, number>>>({});
export const connection = signal<StreamState>('connecting');

/** What the address names; null shows the list alone. */
export const selected = signal<DeskPlace | null>(placeIn(location.pathname));

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

export function openPlace(place: DeskPlace | null): void {
  if (isSelected(place)) return;
  history.pushState(null, '', pathOf(place));
  selected.value = place;
}

export function isSelected(place: DeskPlace | null): boolean {
  return pathOf(place) === pathOf(selected.value);
}

export function pathOf(place: DeskPlace | null): string {
  if (!place) return '/desk';
  return 'ticket' in place
    ? `/desk/${place.ticket}`
    : `/desk/talk/${encodeURIComponent(place.talk)}`;
}

addEventListener('popstate', () => {
  selected.value = placeIn(location.pathname);
});

function placeIn(path: string): DeskPlace | null {
  const match = /^\/desk\/(?:(?<ticket>\d+)|talk\/(?<talk>[^/]+))$/.exec(path)?.groups;
  if (match?.ticket) return { ticket: Number(match.ticket) };
  return match?.talk ? { talk: decodeURIComponent(match.talk) } : null;
}
