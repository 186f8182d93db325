import { signal } from '@preact/signals';
import { isLanguage, type Language, localeOf } from '../../domain/language.ts';
import type { PageState } from '../../domain/page-state.ts';
import { downloadPage } from '../../domain/phrases/download.ts';
import { sayDuration } from '../../domain/words.ts';

/** What the server rendered, and what a script can make better in it. */

const tag = document.documentElement.lang.split('-')[0];
export const language: Language = isLanguage(tag) ? tag : 'en';

/** `/e/<token>`, wherever the page was opened. */
const path = location.pathname.replace(/\/$/, '');

/** Counts how often the server's part of the page was replaced. */
export const redrawn = signal(0);

/** The state as it was read last, and how far the server's clock is ahead of this one's. */
export const state = signal<PageState | null>(null);
let clockAheadMs = 0;

type Say = (
  key: Parameters<typeof downloadPage>[1],
  values?: Parameters<typeof downloadPage>[2],
) => string;
export const say: Say = (key, values) => downloadPage(language, key, values);

/** Now, by the server's clock: links end by that. */
export function serverNow(): number {
  return Date.now() + clockAheadMs;
}

/** @returns null when the server cannot be reached, or the link no longer works */
export async function readState(): Promise<PageState | null> {
  const response = await fetch(`${path}/state.json`, { cache: 'no-store' }).catch(() => null);
  if (!response?.ok) return null;
  const read: PageState = await response.json();
  clockAheadMs = Date.parse(read.now) - Date.now();
  state.value = read;
  return read;
}

/** Brings the parts of the page that change up to date, as the server renders them. */
export async function redraw(): Promise<void> {
  const response = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
  if (!response?.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const old of document.querySelectorAll<HTMLElement>('[data-live]')) {
    if (old.contains(document.activeElement) || old.querySelector('details[open]')) continue;
    const other = fresh.querySelector(`[data-live="${old.dataset.live}"]`);
    if (other) old.replaceWith(document.adoptNode(other));
    else old.remove();
  }
  redrawn.value += 1;
  localTimes();
}

/** Times in the reader's own zone, and how long is left. */
export function localTimes(): void {
  const words = new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-local]')) {
    time.textContent = words.format(new Date(time.dateTime));
  }
  countDown();
}

export function countDown(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-left]')) {
    const ms = Date.parse(place.dataset.left ?? '') - serverNow();
    place.textContent = ms > 0 ? `(${say('left', { time: sayDuration(ms, language) })})` : '';
  }
}

/** A button beside each command. */
export function copyButtons(): void {
  for (const code of document.querySelectorAll<HTMLElement>('.command code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small';
    button.textContent = say('run.copy');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent ?? '');
      button.textContent = say('run.copied');
    });
    code.closest('details')?.querySelector('p')?.prepend(button, ' ');
  }
}

/** Asks for so many hours more, by the same form as without script. @returns what the page says to it */
export async function askForTime(hours: number): Promise<string | null> {
  const until = state.value?.expiresAt;
  if (!until) return null;
  const response = await fetch(`${path}/more-time`, {
    method: 'POST',
    body: new URLSearchParams({ until, hours: String(hours) }),
  }).catch(() => null);
  if (!response?.ok) return null;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  await readState();
  await redraw();
  return fresh.querySelector('[role=status]')?.textContent ?? null;
}
