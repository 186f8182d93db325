import { addDays } from 'date-fns/addDays';
import { digestOf, digestText } from '../domain/digest.ts';
import type { Deps } from './deps.ts';

/** On Mondays from this hour on, UTC. */
const HOUR = 8;
const MARK = 'digest told';

/** Tells the desk once a week how the last one was. A desk that shows everything at all times needs no digest. */
export async function digestDue(
  deps: Pick<Deps, 'tickets' | 'desk' | 'runs' | 'clock'>,
): Promise<void> {
  if (!deps.desk.digest) return;
  const now = deps.clock.now();
  const to = lastMonday(now);
  const told = deps.runs.lastRunAt(MARK);
  if (told && told >= to) return;
  // At the very first start there is no week to tell of.
  if (told) await deps.desk.digest(textFor(deps, to), `digest ${to.toISOString().slice(0, 10)}`);
  deps.runs.ran(MARK, now);
}

function textFor({ tickets }: Pick<Deps, 'tickets'>, to: Date): string {
  const all = tickets
    .list({})
    .map((ticket) => ({ ticket, history: tickets.history(ticket.number) }));
  return digestText(digestOf(all, addDays(to, -7), to));
}

/** The last Monday morning that has come. */
function lastMonday(now: Date): Date {
  const day = new Date(now);
  day.setUTCHours(HOUR, 0, 0, 0);
  const back = (day.getUTCDay() + 6) % 7;
  const monday = addDays(day, -back);
  return monday <= now ? monday : addDays(monday, -7);
}
