import { max } from 'date-fns/max';
import { type Coverage, coverageOf, hasEverything } from '../domain/coverage.ts';
import { moreTime } from '../domain/phrases/choices.ts';
import { thanks, warning } from '../domain/phrases/reminders.ts';
import { warningDue } from '../domain/reminder.ts';
import { amend, type HistoryEntry, type Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';
import { mailToRequester, toCustomer, toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'links' | 'clock' | 'directLinks'>;

/** In the history, with the export: the customer was thanked for having downloaded everything. */
const THANKED = 'downloaded_all';

/**
 * Warns those whose links end soon and who have not downloaded everything, and thanks those who have. Returns how many
 * were written to.
 */
export async function remindDue(deps: Needs): Promise<number> {
  const now = deps.clock.now();
  const open = deps.tickets
    .list({ statuses: ['delivered'] })
    .filter(({ expiresAt }) => expiresAt !== null && expiresAt > now);
  return open.filter((ticket) => remind(deps, ticket, now)).length;
}

function remind(deps: Needs, ticket: Ticket, now: Date): boolean {
  const { exportId, expiresAt } = ticket;
  if (!exportId || !expiresAt) return false;
  const coverage = downloaded(deps, ticket, exportId);
  const history = deps.tickets.history(ticket.number);
  if (hasEverything(coverage)) return thank(deps, ticket, exportId, coverage, history, now);
  const hours = warningDue(now, ticket, windowSetAt(ticket, history));
  return hours !== null && warn(deps, ticket, expiresAt, hours, coverage, now);
}

/** How much of the ZIPs the customer has; the small files beside them do not count. */
function downloaded(deps: Needs, ticket: Ticket, exportId: string): Coverage {
  const parts = deps.links.ofExport(exportId).filter(({ file }) => file.kind === 'part');
  return coverageOf(
    parts.map(({ id, file }) => ({ id, sizeBytes: file.sizeBytes })),
    deps.links.downloads(ticket.number),
  );
}

function windowSetAt(ticket: Ticket, history: readonly HistoryEntry[]): Date {
  const extended = history.findLast(({ event }) => event === 'extend')?.at;
  return max([ticket.deliveredAt ?? ticket.statusChangedAt, extended ?? ticket.createdAt]);
}

function warn(
  deps: Needs,
  ticket: Ticket,
  expiresAt: Date,
  hours: number,
  coverage: Coverage,
  now: Date,
): boolean {
  const step = amend(
    ticket,
    'warn',
    {
      now,
      actor: 'clock',
      detail: { hours, filesLeft: coverage.files.total - coverage.files.done },
    },
    { warnedHours: hours },
  );
  const done = deps.tickets.commit(
    {
      ticket: step,
      history: [step.entry],
      outbox: [
        toCustomer(
          ticket,
          // Nobody counts what goes past the gateway.
          warning(ticket.language, ticket, expiresAt, now, deps.directLinks ? null : coverage),
          [moreTime(ticket.language)],
        ),
        mailToRequester('warning', ticket),
        { to: 'desk', notice: null },
      ],
    },
    now,
  );
  return done.ok;
}

function thank(
  deps: Needs,
  ticket: Ticket,
  exportId: string,
  coverage: Coverage,
  history: readonly HistoryEntry[],
  now: Date,
): boolean {
  const before = history.some(
    ({ event, detail }) => event === THANKED && detail.exportId === exportId,
  );
  if (before) return false;
  const step = amend(ticket, THANKED, { now, actor: 'clock', detail: { exportId } });
  const done = deps.tickets.commit(
    {
      ticket: step,
      history: [step.entry],
      outbox: [
        toCustomer(ticket, thanks(ticket.language, ticket, coverage)),
        toDesk('info', 'The customer has downloaded everything.'),
      ],
    },
    now,
  );
  return done.ok;
}
