import { TONES } from '../../../domain/card.ts';
import {
  DESK_GROUPS,
  type DeskGroup,
  GROUP_WORDS,
  type Need,
  NEED_WORDS,
  compareNeeds,
  groupOf,
  isLate,
  needOf,
} from '../../../domain/desk-queue.ts';
import type { DeskGroupView, DeskList, DeskRow, UnsentMessage } from '../../../domain/desk-view.ts';
import type { Outgoing } from '../../../domain/message.ts';
import { OPEN_STATUSES, type Ticket, statusWords } from '../../../domain/ticket.ts';
import type { OutboxRow } from '../../../ports/outbox.ts';
import type { DeskDeps } from './deps.ts';
import { downloadedParts } from './downloads-view.ts';

export type ListQuery = { search: string; rows: Partial<Record<DeskGroup, number | undefined>> };

type Entry = { ticket: Ticket; need: Need | null };

const ROWS_OF_A_GROUP = 50;
const MAX_QUOTED_CHARS = 160;

/** All tickets by what needs somebody first; of each group its first rows. */
export function listView(deps: DeskDeps, query: ListQuery): DeskList {
  const now = deps.clock.now();
  const wanted = deps.tickets.list({}).filter(searchFor(query.search));
  const groups = Map.groupBy(
    wanted.map((ticket) => ({ ticket, need: needFor(deps, ticket) })),
    ({ ticket, need }) => groupOf(ticket, need),
  );
  return {
    now: now.toISOString(),
    total: wanted.length,
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
            .map((entry) => rowOf(deps, entry, now)),
        },
      ];
    }),
    unsent: deps.outbox.poisoned().map(unsentOf),
  };
}

/** Tickets whose number, account or requester has every word of the search, whatever its case and accents. */
function searchFor(search: string): (ticket: Ticket) => boolean {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return ({ number, accountId, accountName, requester }) => {
    if (words.length === 0) return true;
    const text = plain(
      `#${number} ${accountId} ${accountName} ${requester.name} ${requester.email}`,
    );
    return words.every(
      (word) => (/^\d+$/.test(word) ? String(number) === word : false) || text.includes(word),
    );
  };
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function needFor(deps: DeskDeps, ticket: Ticket): Need | null {
  const open = OPEN_STATUSES.includes(ticket.status) || ticket.extensionAskedHours !== null;
  if (!open) return null;
  return needOf(ticket, {
    get conversation() {
      return deps.tickets.conversation(ticket.thread);
    },
    get history() {
      return deps.tickets.history(ticket.number);
    },
  });
}

const newestFirst = (a: Entry, b: Entry) => b.ticket.number - a.ticket.number;
const longestFirst = (a: Entry, b: Entry) =>
  a.ticket.statusChangedAt.getTime() - b.ticket.statusChangedAt.getTime();

const ORDER: Record<DeskGroup, (a: Entry, b: Entry) => number> = {
  decide: (a, b) => (a.need && b.need ? compareNeeds(a.need, b.need) : 0),
  on_hold: longestFirst,
  building: longestFirst,
  delivered: (a, b) => (a.ticket.expiresAt?.getTime() ?? 0) - (b.ticket.expiresAt?.getTime() ?? 0),
  asking: newestFirst,
  over: newestFirst,
};

function rowOf(deps: DeskDeps, { ticket, need }: Entry, now: Date): DeskRow {
  const building = ticket.status === 'building' && ticket.exportId !== null;
  const delivered = ticket.status === 'delivered' && ticket.exportId !== null;
  return {
    number: ticket.number,
    account: ticket.accountName,
    requester: ticket.requester.name || ticket.requester.email,
    status: statusWords(ticket.status),
    tone: need ? (need.what === 'failed' ? 'bad' : 'decide') : TONES[ticket.status],
    need: need && NEED_WORDS[need.what],
    late: need !== null && isLate(need, now),
    since: (need?.since ?? ticket.statusChangedAt).toISOString(),
    progress: building ? (deps.exports.find(ticket.exportId ?? '')?.progress ?? null) : null,
    expiresAt: delivered ? (ticket.expiresAt?.toISOString() ?? null) : null,
    downloaded: delivered
      ? downloadedParts(
          deps.links.ofExport(ticket.exportId ?? ''),
          deps.links.downloads(ticket.number),
        )
      : null,
  };
}

function unsentOf(row: OutboxRow): UnsentMessage {
  return {
    id: row.id,
    ticketNumber: row.ticketNumber,
    what: sayOutgoing(row.outgoing),
    error: row.lastError ?? 'It could not be sent.',
    createdAt: row.createdAt.toISOString(),
  };
}

function sayOutgoing(outgoing: Outgoing): string {
  switch (outgoing.to) {
    case 'thread':
      return `Message to the customer: ${beginning(outgoing.message.text)}`;
    case 'mail':
      return `Mail "${outgoing.mail.template}" to ${outgoing.mail.to.email}`;
    case 'desk':
      return `Notice to the desk${outgoing.notice ? `: ${beginning(outgoing.notice.text)}` : ''}`;
  }
}

function beginning(text: string): string {
  return text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
}
