import { setTimeout as wait } from 'node:timers/promises';
import { sayDownloaded } from '../../../domain/card.ts';
import type { Coverage } from '../../../domain/coverage.ts';
import { SendError } from '../../../domain/send-error.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { downloadedOf } from './card-facts.ts';
import type { SlackDeskDeps } from './deps.ts';

const LOOK_EVERY_MS = 3_000;
/** Builds whose cards are edited at one look: 20 edits a minute, which leaves room for those after decisions. */
const BUILDS_AT_A_LOOK = 1;
/** Downloads are looked at on every so many looks. */
const DOWNLOADS_EVERY = 10;

/** Shares of the ZIPs at which the thread is told. */
const MILESTONES = [
  { key: 'first', share: 0 },
  { key: 'half', share: 0.5 },
  { key: 'all', share: 1 },
] as const;

type Cards = {
  touch(ticketNumber: number): Promise<void>;
  settle(): Promise<void>;
  /** A line in the card's thread, once for each key. */
  tell(ticketNumber: number, text: string, key: string): Promise<void>;
};

/** Looks at what changes without a message of its own: the progress of builds, and downloads. */
export function watchCards(deps: SlackDeskDeps, cards: Cards): () => Promise<void> {
  const stopping = new AbortController();
  const seen = new Map<number, string>();
  let turn = 0;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => {
        // What is only progress gives way to what has happened; the next look comes soon.
        if (error instanceof SendError && error.untried) return;
        deps.log.warn({ error }, 'cards not brought up to date');
      });
      await wait(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function look(): Promise<void> {
    const building = deps.tickets.list({ statuses: ['building'] });
    const first = (turn * BUILDS_AT_A_LOOK) % Math.max(1, building.length);
    const some = [...building.slice(first), ...building.slice(0, first)].slice(0, BUILDS_AT_A_LOOK);
    for (const { number } of some) await cards.touch(number);
    if (turn % DOWNLOADS_EVERY === 0) await lookAtDownloads();
    turn += 1;
  }

  async function lookAtDownloads(): Promise<void> {
    for (const ticket of deps.tickets.list({ statuses: ['delivered'] })) {
      const coverage = downloadedOf(deps, ticket);
      const now = JSON.stringify(coverage);
      const before = seen.get(ticket.number);
      seen.set(ticket.number, now);
      if (!coverage || before === now) continue;
      await tellMilestone(ticket, coverage);
      if (before !== undefined) await cards.touch(ticket.number);
    }
  }

  /** Only the highest that was reached: whoever downloads fast is not told three times. */
  async function tellMilestone(ticket: Ticket, coverage: Coverage): Promise<void> {
    const { done, total } = coverage.files;
    const reached = MILESTONES.findLast(({ share }) => done > 0 && done >= share * total);
    if (!reached) return;
    await cards.tell(
      ticket.number,
      `Downloaded: ${sayDownloaded(coverage)}.`,
      `downloads ${ticket.exportId} ${reached.key}`,
    );
  }

  const running = run();
  return async () => {
    stopping.abort();
    await running;
    await cards.settle();
  };
}
