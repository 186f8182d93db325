import { addDays } from 'date-fns/addDays';
import { addMonths } from 'date-fns/addMonths';
import { addYears } from 'date-fns/addYears';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR = '(?:19[89]\\d|20\\d\\d)';
const DATE = `(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH},? ${YEAR}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? ${YEAR}|${MONTH} ${YEAR}|${YEAR})`;

export type DateRange = { text: string; from: string | null; to: string | null };

const BETWEEN = new RegExp(
  `\\b(?:between|from|in)?\\s*(${DATE})\\s*(?:-|and|to|until|till)\\s*(${DATE})`,
  'i',
);
const SINCE = new RegExp(
  `\\b(?:since|from|after|starting(?: in| from)?|newer than)\\s+(${DATE})`,
  'i',
);
const UNTIL = new RegExp(`\\b(?:until|till|up to|before|older than|through)\\s+(${DATE})`, 'i');
const WITHIN = new RegExp(`\\b(?:in|of|during|for(?: the year)?|only)\\s+(${DATE})\\b`, 'i');
const LAST =
  /\b(?:last|past|previous)\s+(?:(\d{1,3}|two|three|five|ten)\s+)?(years?|months?|weeks?|days?)\b/i;

/** A range of dates, ISO, both ends included, null an open end; null when the text names none. */
export function readRange(text: string, now: Date | undefined): DateRange | null {
  const between = BETWEEN.exec(text);
  if (between?.[1] && between[2]) {
    return range(between[0], firstDay(between[1]), lastDay(between[2]));
  }
  const since = SINCE.exec(text);
  if (since?.[1]) {
    const after = /^(after|newer)/i.test(since[0]);
    return range(since[0], after ? dayAfter(lastDay(since[1])) : firstDay(since[1]), null);
  }
  const until = UNTIL.exec(text);
  if (until?.[1]) {
    const before = /^(before|older)/i.test(until[0]);
    return range(until[0], null, before ? dayAfter(firstDay(until[1]), -1) : lastDay(until[1]));
  }
  const last = LAST.exec(text);
  if (last?.[2] && now) return range(last[0], lastFrom(last[1], last[2], now), null);
  const within = WITHIN.exec(text);
  if (within?.[1]) return range(within[0], firstDay(within[1]), lastDay(within[1]));
  return null;
}

function range(text: string, from: string | null, to: string | null): DateRange | null {
  if (from === null && to === null) return null;
  return { text: text.trim(), from, to };
}

function lastFrom(count: string | undefined, unit: string, now: Date): string {
  const words: Record<string, number> = { two: 2, three: 3, five: 5, ten: 10 };
  const n = count ? (words[count.toLowerCase()] ?? Number(count)) : 1;
  const from = unit.startsWith('y')
    ? addYears(now, -n)
    : unit.startsWith('m')
      ? addMonths(now, -n)
      : addDays(now, unit.startsWith('w') ? -7 * n : -n);
  return isoDay(from);
}

/** The first day that a date's words can mean; null when there is no such day. */
function firstDay(words: string): string | null {
  const parts = partsOf(words);
  return parts && isoOf(parts.year, parts.month ?? 0, parts.day ?? 1);
}

function lastDay(words: string): string | null {
  const parts = partsOf(words);
  if (!parts) return null;
  if (parts.day !== null && parts.month !== null) return isoOf(parts.year, parts.month, parts.day);
  const next = parts.month === null ? [parts.year + 1, 0] : [parts.year, parts.month + 1];
  return isoDay(new Date(Date.UTC(next[0] ?? 0, next[1] ?? 0, 0)));
}

function partsOf(words: string): { year: number; month: number | null; day: number | null } | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]) - 1, day: Number(iso[3]) };
  const year = new RegExp(YEAR).exec(words)?.[0];
  if (!year) return null;
  const name = new RegExp(MONTH, 'i').exec(words)?.[0].slice(0, 3).toLowerCase();
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(words.replace(year, ''))?.[1];
  return {
    year: Number(year),
    month: name ? MONTHS.indexOf(name) : null,
    day: name && day ? Number(day) : null,
  };
}

function isoOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day ? isoDay(date) : null;
}

function dayAfter(iso: string | null, days = 1): string | null {
  return iso && isoDay(addDays(new Date(`${iso}T00:00:00Z`), days));
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export type Deadline = { text: string; date: string | null };

const BY = new RegExp(
  `\\b(?:by|before|until|till|no later than|latest)\\s+((?:this |next |the |end of )*(?:${DAYS.join('|')}|today|tomorrow|tonight|week|month|year|eod|${DATE}|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?))(?: (?:noon|morning|evening|night))?`,
  'i',
);

/** By when something is wanted; the date is null when it cannot be told. */
export function readDeadline(text: string, now: Date | undefined): Deadline | null {
  const match = BY.exec(text);
  if (!match?.[1]) return null;
  return { text: match[0], date: now ? deadlineDay(match[1].toLowerCase(), now) : null };
}

function deadlineDay(words: string, now: Date): string | null {
  if (/today|tonight|eod/.test(words)) return isoDay(now);
  if (/tomorrow/.test(words)) return isoDay(addDays(now, 1));
  const weekday = DAYS.findIndex((day) => words.includes(day));
  if (weekday >= 0) return isoDay(addDays(now, (weekday - now.getUTCDay() + 7) % 7 || 7));
  if (/month/.test(words)) {
    const ahead = /next/.test(words) ? 2 : 1;
    return isoDay(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 0)));
  }
  if (/week/.test(words)) {
    const toFriday = (5 - now.getUTCDay() + 7) % 7;
    return isoDay(addDays(now, toFriday + (/next/.test(words) ? 7 : 0)));
  }
  if (/year/.test(words)) return `${now.getUTCFullYear()}-12-31`;
  if (new RegExp(YEAR).test(words)) return lastDay(words);
  const thisYear = lastDay(`${words} ${now.getUTCFullYear()}`);
  return thisYear && thisYear < isoDay(now)
    ? lastDay(`${words} ${now.getUTCFullYear() + 1}`)
    : thisYear;
}
