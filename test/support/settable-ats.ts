import type { Account, Invoice, Job, Person } from '../../src/domain/account.ts';
import type { Ats } from '../../src/ports/ats.ts';

/** An ATS whose answers a test sets. */
export class SettableAts implements Ats {
  accounts: Account[] = [{ id: 'acme', name: 'Acme Recruiting', state: 'open', closedAt: null }];
  people: Person[] = [
    person('alice', 'admin'),
    person('bob', 'admin'),
    person('cleo', 'authorised_contact'),
  ];
  invoices: Invoice[] = [];
  jobList: Job[] = [
    { id: 'j1', title: 'Welder' },
    { id: 'j2', title: 'Baker' },
  ];
  /** Thrown by every question while it is set. */
  down: Error | null = null;

  async account(accountId: string): Promise<Account | null> {
    return this.#answer(this.accounts.find(({ id }) => id === accountId) ?? null);
  }

  async peopleByEmail(email: string): Promise<Person[]> {
    return this.#answer(this.people.filter((one) => one.email === email.toLowerCase()));
  }

  async admins(accountId: string): Promise<Person[]> {
    return this.#answer(
      this.people.filter((one) => one.accountId === accountId && one.role !== 'other'),
    );
  }

  async unpaidInvoices(): Promise<Invoice[]> {
    return this.#answer(this.invoices);
  }

  async jobs(): Promise<Job[]> {
    return this.#answer(this.jobList);
  }

  async close(): Promise<void> {}

  #answer<T>(answer: T): T {
    if (this.down) throw this.down;
    return answer;
  }
}

export function person(name: string, role: Person['role']): Person {
  return {
    id: name,
    accountId: 'acme',
    name: name.charAt(0).toUpperCase() + name.slice(1),
    email: `${name}@acme.example`,
    role,
    addedAt: '2020-01-01T00:00:00Z',
  };
}
