const NUMBERS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  another: 1,
  two: 2,
  couple: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fourteen: 14,
};
const HOURS = { h: 1, d: 24, w: 168, m: 720 } as const;

const NUMBER = `(\\d{1,4}(?:[.,]\\d+)?|${Object.keys(NUMBERS).join('|')})`;
const DURATION = new RegExp(
  `\\b(?:${NUMBER}\\s*(?:-|to|or)\\s*)?${NUMBER}(?: more| extra| additional| further| other| of| full)*\\s*-?\\s*(hours?|hrs?|days?|weeks?|wks?|months?|(?<=\\d *)[hdw])\\b(?! ago)`,
  'i',
);

/** A length of time in hours; a day is 24, a week 168, a month 720, and of "3-4 days" the upper end counts. */
export function readDurationHours(text: string): number | null {
  if (/\bhalf a(n hour| day)\b/i.test(text)) return /half a day/i.test(text) ? 12 : 1;
  const match = DURATION.exec(text);
  const unit = match?.[3]?.charAt(0).toLowerCase();
  if (!match?.[2] || !unit || !(unit === 'h' || unit === 'd' || unit === 'w' || unit === 'm')) {
    return null;
  }
  const amount = NUMBERS[match[2].toLowerCase()] ?? Number(match[2].replace(',', '.'));
  return amount > 0 ? amount * HOURS[unit] : null;
}
