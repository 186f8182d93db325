import {
  compareNeeds,
  DESK_GROUPS,
  type DeskGroup,
  GROUP_WORDS,
  isLate,
} from '../../../domain/desk-queue.ts';
import type { DeskGroupView, DeskList, UnsentMessage } from '../../../domain/desk-view.ts';
import { sayOutgoing } from '../../../domain/outgoing-words.ts';
import type { OutboxRow } from '../../../ports/outbox.ts';
import { accessView } from './access.ts';
import type { DeskDeps } from './deps.ts';
import { type Entry, listEntries } from './list-entries.ts';

export type ListQuery = { search: string; rows: Partial<Record<DeskGroup, number | undefined>> };

const ROWS_OF_A_GROUP = 50;

/** What there is by what needs somebody first; of each group its first rows. */
export function listView(deps: DeskDeps, query: ListQuery): DeskList {
  const now = deps.clock.now();
  const found = listEntries(deps).filter(searchFor(query.search));
  const groups = Map.groupBy(found, ({ group }) => group);
  return {
    now: now.toISOString(),
    total: found.length,
    groups: DESK_GROUPS.flatMap((group): DeskGroupView[] => {
      const entries = groups.get(group)?.sort(ORDER[group]) ?? [];
      if (entries.length === 0) return [];
      return [
        {
          group,
          title: GROUP_WORDS[group],
          count: entries.length,
          late: entries.filter(({ need }) => need && isLate(need, now)).length,
          rows: entries
            .slice(0, query.rows[group] ?? ROWS_OF_A_GROUP)
            .map((entry) => entry.row(now)),
        },
      ];
    }),
    unsent: deps.outbox.poisoned().map(unsentOf),
    access: accessView(deps),
  };
}

/** True for what has every word of the search, whatever its case and accents. */
function searchFor(search: string): (entry: Entry) => boolean {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (entry) => {
    const text = plain(entry.text);
    return words.every((word) => word === String(entry.number) || text.includes(word));
  };
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const newestFirst = (a: Entry, b: Entry) =>
  b.createdAt.getTime() - a.createdAt.getTime() || (b.number ?? 0) - (a.number ?? 0);
const longestFirst = (a: Entry, b: Entry) => a.changedAt.getTime() - b.changedAt.getTime();

const ORDER: Record<DeskGroup, (a: Entry, b: Entry) => number> = {
  decide: (a, b) => (a.need && b.need ? compareNeeds(a.need, b.need) : 0),
  on_hold: longestFirst,
  building: longestFirst,
  delivered: (a, b) => (a.expiresAt?.getTime() ?? 0) - (b.expiresAt?.getTime() ?? 0),
  asking: newestFirst,
  over: newestFirst,
};

function unsentOf(row: OutboxRow): UnsentMessage {
  return {
    id: row.id,
    ticketNumber: row.ticketNumber,
    what: sayOutgoing(row.outgoing),
    error: row.lastError ?? 'It could not be sent.',
    createdAt: row.createdAt.toISOString(),
  };
}
