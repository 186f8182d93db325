/** One customer of the ATS, as the ATS knows it. */
export type Account = {
  id: string;
  name: string;
  state: 'open' | 'closed';
  /** ISO 8601 in UTC; set only when the account is closed. */
  closedAt: string | null;
};

/** What a person of the ATS may ask for. Only the first two may ask for an export. */
export type Role = 'admin' | 'authorised_contact' | 'other';

/** A person of an account. The same address may belong to several accounts. */
export type Person = {
  id: string;
  accountId: string;
  name: string;
  email: string;
  role: Role;
  /** ISO 8601 in UTC: since when the person has this role. */
  addedAt: string;
};

/** An invoice that is still to be paid. The amount is a decimal text, so that no digit is lost. */
export type Invoice = {
  number: string;
  amount: string;
  currency: string;
  /** ISO 8601 date. */
  dueOn: string;
};

export type Job = { id: string; title: string };
