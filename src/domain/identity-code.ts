import { addMinutes } from 'date-fns/addMinutes';

/** A code is six digits, works for ten minutes and takes five tries. */
export const CODE_MINUTES = 10;
export const MAX_TRIES = 5;
const CODE = /(?<!\d)\d{3}[ -]?\d{3}(?!\d)/;

/** Codes that a person, or everybody for one address, may ask for within `CODE_COUNT_HOURS`. */
export const MAX_CODES_PER_PERSON = 4;
export const MAX_CODES_PER_EMAIL = 6;
export const CODE_COUNT_HOURS = 1;

export function isCodeTooOld(sentAt: Date, now: Date): boolean {
  return now >= addMinutes(sentAt, CODE_MINUTES);
}

/** The six digits in a message, also written as `123 456`; null when there are none. */
export function readCode(text: string): string | null {
  return CODE.exec(text)?.[0].replace(/\D/g, '') ?? null;
}

/** A number below a million as a code. */
export function codeOf(number: number): string {
  return String(number).padStart(6, '0');
}
