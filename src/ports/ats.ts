import type { Account, Invoice, Job, Person } from '../domain/account.ts';

/** Who is who in the ATS. Every answer is of one account, or null / empty when there is none. */
export interface Ats {
  account(accountId: string): Promise<Account | null>;
  /** Everybody with this address (compared without case), in every account. */
  peopleByEmail(email: string): Promise<Person[]>;
  /** Admins and authorised contacts of the account, oldest first. */
  admins(accountId: string): Promise<Person[]>;
  unpaidInvoices(accountId: string): Promise<Invoice[]>;
  /** Jobs of the account, by title. */
  jobs(accountId: string): Promise<Job[]>;
  close(): Promise<void>;
}
