import type { HistoryEntry } from './ticket.ts';

/** What a history line says: who, in words, and what they did. */
export type HistoryLine = { who: string; text: string };

/** The events whose names are not already what a person would say. `detail.reason` and the like follow after a colon. */
const EVENT_WORDS: Record<string, string> = {
  open: 'opened the ticket',
  confirm: 'confirmed the request',
  hold: 'put the request on hold',
  release: 'let the request go on',
  approve: 'approved',
  reject: 'rejected',
  cancel: 'cancelled',
  build: 'began to build',
  deliver: 'delivered the links',
  fail: 'stopped the build',
  retry: 'started the build again',
  extend: 'moved the end of the links',
  expire: 'ended the links',
  purge: 'deleted the files',
  rebuild: 'asked for a new build',
  lapse: 'closed it, because its time was over',
  ask: 'asked the customer',
  answer: 'answered',
};

/** Details that are the point of a line, so they need no name in front. */
const SPOKEN_DETAILS = ['reason', 'question', 'answer', 'text', 'note', 'error'];

/** One line of a ticket's history as a sentence without its subject. What is not known is said as it stands. */
export function historyLine(entry: HistoryEntry): HistoryLine {
  const spoken: string[] = [];
  const named: string[] = [];
  for (const [name, value] of Object.entries(entry.detail)) {
    if (value === null || value === '') continue;
    if (SPOKEN_DETAILS.includes(name)) spoken.push(String(value));
    else named.push(`${spaced(name)} ${value === true ? 'yes' : value === false ? 'no' : value}`);
  }
  const words = EVENT_WORDS[entry.event] ?? spaced(entry.event);
  const aside = named.length > 0 ? ` (${named.join(', ')})` : '';
  return {
    who: sayActor(entry.actor),
    text: `${words}${aside}${spoken.length > 0 ? `: ${spoken.join(' ')}` : ''}`,
  };
}

/** An actor as a person would say it: the agent's name, the customer's address, or Waybill. */
export function sayActor(actor: string): string {
  if (actor === 'bot') return 'Waybill';
  if (actor === 'clock') return 'The clock';
  return actor.replace(/^(?:customer|desk):/, '');
}

/** `extensionAskedHours` and `links_csv` as `extension asked hours` and `links csv`. */
function spaced(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
