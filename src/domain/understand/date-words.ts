import { addDays } from 'date-fns/addDays';

/** Names of the months in six languages, as they are typed without accents. */
const MONTHS = [
  'january|januar|janner|enero|janvier|janeiro|janv|jan|ene',
  'february|februar|febrero|fevrier|fevereiro|febr|feb|fev',
  'march|maerz|marz|marzo|marco|mars|mar',
  'april|abril|avril|apr|abr|avr',
  'may|mayo|maio|mai',
  'june|junio|junho|juni|juin|jun',
  'july|julio|julho|juillet|juli|juil|jul',
  'august|agosto|aout|aug|ago',
  'september|septiembre|setiembre|septembre|setembro|sept|sep|set',
  'october|oktober|octubre|octobre|outubro|oct|okt|out',
  'november|noviembre|novembre|novembro|nov',
  'december|dezember|diciembre|decembre|dezembro|dec|dez|dic',
];

export const MONTH = `(?:${MONTHS.join('|')})\\.?`;
export const YEAR = '(?:19[89]\\d|20[0-4]\\d)';
const DAY = '(?:3[01]|[12]\\d|0?[1-9])(?!\\d)(?:st|nd|rd|th|er|ro|\\.|º)?';
export const OF = '(?:\\s+(?:of|de|del)\\s+|,?\\s*)';

/** A date with its year; groups are not used, `readDate` reads it again. */
export const DATE = `(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./]\\d{4}|${DAY}${OF}${MONTH}${OF}${YEAR}|${MONTH}\\s+${DAY},?\\s+${YEAR}|${MONTH}${OF}${YEAR}|\\d{1,2}/${YEAR}|${YEAR})`;
/** A day without its year: "30 June", "June 30th", "30.06.", "30/06". */
export const DAY_OF_YEAR = `(?:${DAY}${OF}${MONTH}(?![a-z])|${MONTH}\\s+${DAY}|\\d{1,2}[./]\\d{1,2}(?:[./](?:\\d{2})?)?)`;

export type Parts = { year: number; month: number | null; day: number | null };

/** Year, month and day of a date's words (folded); null when they are none. `year` stands in for one that is not said. */
export function readDate(words: string, yearWhenNone?: number): Parts | null {
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(words);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]) - 1, day: Number(iso[3]) };
  const numbers = /(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?(?!\d)/.exec(words);
  if (numbers) {
    const year = numbers[3] ? (Number(numbers[3]) % 2000) + 2000 : yearWhenNone;
    // Where the first number cannot be the day's month, it is the day, as nearly everywhere.
    const [first, second] = [Number(numbers[1]), Number(numbers[2])];
    const [day, month] = second > 12 ? [second, first] : [first, second];
    return year === undefined ? null : { year, month: month - 1, day };
  }
  const monthYear = new RegExp(`^(\\d{1,2})/(${YEAR})$`).exec(words.trim());
  if (monthYear) return { year: Number(monthYear[2]), month: Number(monthYear[1]) - 1, day: null };
  const said = new RegExp(`\\b${YEAR}\\b`).exec(words)?.[0];
  const year = said ? Number(said) : yearWhenNone;
  if (year === undefined) return null;
  const month = MONTHS.findIndex((names) => new RegExp(`\\b(?:${names})\\b`).test(words));
  const rest = said ? words.replace(said, ' ') : words;
  const day = /\b(\d{1,2})(?:st|nd|rd|th|er|ro|\.|º)?(?!\d)/.exec(rest)?.[1];
  return { year, month: month < 0 ? null : month, day: day ? Number(day) : null };
}

/** The first day that a date's words can mean, ISO; null when there is no such day. */
export function firstDay({ year, month, day }: Parts): string | null {
  return isoOf(year, month ?? 0, day ?? 1);
}

/** The last day that a date's words can mean, ISO; null when there is no such day. */
export function lastDay({ year, month, day }: Parts): string | null {
  if (month !== null && day !== null) return isoOf(year, month, day);
  return month === null ? `${year}-12-31` : isoDay(new Date(Date.UTC(year, month + 1, 0)));
}

function isoOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day ? isoDay(date) : null;
}

export function daysLater(iso: string | null, days: number): string | null {
  return iso && isoDay(addDays(new Date(`${iso}T00:00:00Z`), days));
}

export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
