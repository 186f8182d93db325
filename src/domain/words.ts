/** A time as a customer reads it, always with its zone: `Friday, 27 November 2026, 14:00 UTC`. */
export function sayTime(at: Date): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(at);
  return `${text.replace(' at ', ', ')} UTC`;
}

/** A day as a customer reads it: `Friday, 27 November 2026`. */
export function sayDay(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(at);
}

/** A size in decimal units, as browsers and disks show it: `1.2 GB`. */
export function sayBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** A number of things: `1 file`, `1,204 files`. */
export function sayCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** A length of time, rounded to what matters: `40 minutes`, `5 hours`, `3 days`. */
export function sayDuration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 90) return sayCount(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (hours <= 48) return sayCount(hours, 'hour');
  return sayCount(Math.round(hours / 24), 'day');
}
