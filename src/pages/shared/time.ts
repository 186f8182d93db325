/** Where no language is given it is English; an English-speaking reader's own order of day and month is kept. */
const LOCALE = navigator.languages.find((language) => language.startsWith('en')) ?? 'en-GB';

function ownOf(locale: string): string {
  return locale.startsWith('en') ? LOCALE : locale;
}

/** The time of day in the reader's zone: `14:05`. */
export function clockTime(at: Date, locale = LOCALE): string {
  return new Intl.DateTimeFormat(ownOf(locale), { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** Day, time and zone: `Friday, 27 November 2026 at 14:05 CET`. */
export function fullTime(at: Date, locale = LOCALE): string {
  return new Intl.DateTimeFormat(ownOf(locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** Day and time in few letters, for lists: `27 Nov, 14:05`; with the year when it is not this one. */
export function shortTime(at: Date, now: Date): string {
  const sameYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** `Today`, `Yesterday`, or the day: `Monday, 16 November`. */
export function dayName(
  at: Date,
  now: Date,
  words: { today: string; yesterday: string; locale: string },
): string {
  if (isSameDay(at, now)) return words.today;
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (isSameDay(at, yesterday)) return words.yesterday;
  const sameYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(ownOf(words.locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** How far away a time is: `in 3 days`, `5 minutes ago`, `now`. */
export function fromNow(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
  if (size < 45) return words.format(0, 'second');
  if (size < 90 * 60) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 48 * 3600) return words.format(Math.round(seconds / 3600), 'hour');
  return words.format(Math.round(seconds / 86_400), 'day');
}
