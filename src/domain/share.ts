import type { Person } from './account.ts';

/** With so many colleagues at once a page can be shared. */
export const MAX_SHARES = 20;

/** So many links are made for one request, ended ones too: more is no longer sharing. */
export const MAX_SHARES_EVER = 100;

/** Providers that give an address to anybody: sharing its domain makes nobody a colleague. */
const OPEN_TO_ALL =
  /^(?:(?:g(?:oogle)?mail|outlook|hotmail|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol|gmx|web|mail|inbox|proton|protonmail|pm|tutanota|tuta|zoho|yandex|rediffmail|fastmail|hey|t-online|freenet|orange|free|wanadoo|laposte|sfr|libero|uol|bol|terra|ig|qq|163|126)\.[a-z]{2,4}(?:\.[a-z]{2})?)$/;

const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}@([\p{L}\p{N}.-]{1,190}\.[\p{L}\p{N}-]{2,60})$/u;

/** An address in the form in which addresses are compared; null when it is none. */
export function emailOf(text: string): string | null {
  const email = text.trim().toLowerCase();
  return ADDRESS.test(email) ? email : null;
}

/**
 * Whether a page may be shared with an address: that of a person of the account, or one of the requester's own domain.
 * @param email as `emailOf` gives it
 */
export function mayShareWith(
  email: string,
  requester: { accountId: string; email: string },
  people: readonly Pick<Person, 'accountId'>[],
): boolean {
  if (people.some(({ accountId }) => accountId === requester.accountId)) return true;
  const own = domainOf(requester.email.trim().toLowerCase());
  return domainOf(email) === own && !OPEN_TO_ALL.test(own);
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
