import type { Role } from '../../domain/account.ts';

/** Days are counted back from the day of the sample. */
export type SampleAccount = {
  id: string;
  name: string;
  closedDaysAgo: number | null;
  /** Invoices still to be paid. */
  unpaid: { number: string; amount: string; currency: string; dueDaysAgo: number }[];
};

/** The accounts of every sample, in the order in which they are written. */
export const SAMPLE_ACCOUNTS: readonly SampleAccount[] = [
  { id: 'acme', name: 'Acme Recruiting', closedDaysAgo: null, unpaid: [] },
  {
    id: 'globex',
    name: 'Globex Talent, Inc.',
    closedDaysAgo: null,
    unpaid: [{ number: 'INV-2041', amount: '1249.00', currency: 'USD', dueDaysAgo: 20 }],
  },
  { id: 'initech', name: 'Initech Staffing', closedDaysAgo: 30, unpaid: [] },
  // Longer ago than POLICY.retentionDays: its data may be gone at any time.
  { id: 'umbrella', name: 'Umbrella Hiring', closedDaysAgo: 120, unpaid: [] },
];

export type SamplePerson = {
  accountId: string;
  id: string;
  name: string;
  email: string;
  role: Role;
  addedDaysAgo: number;
};

/** The people of every sample. `casey@consulting.example` belongs to two accounts. */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('acme', 1, 'Alice Adams', 'alice@acme.example', 'admin', 900),
  person('acme', 2, 'Arthur Allen', 'arthur@acme.example', 'admin', 600),
  person('acme', 3, 'Bob Baker', 'bob@acme.example', 'authorised_contact', 400),
  person('acme', 4, 'Rita Reed', 'rita@acme.example', 'other', 300),
  person('acme', 5, 'Casey Cole', 'casey@consulting.example', 'admin', 200),
  person('globex', 1, 'Gina Grant', 'gina@globex.example', 'admin', 800),
  person('globex', 2, 'Gus Gray', 'gus@globex.example', 'authorised_contact', 500),
  person('globex', 3, 'Rob Rowe', 'rob@globex.example', 'other', 300),
  person('globex', 4, 'Casey Cole', 'casey@consulting.example', 'admin', 200),
  person('initech', 1, 'Ian Ingram', 'ian@initech.example', 'admin', 700),
  person('initech', 2, 'Ivy Irving', 'ivy@initech.example', 'authorised_contact', 350),
  person('initech', 3, 'Ray Ross', 'ray@initech.example', 'other', 300),
  person('umbrella', 1, 'Uma Underwood', 'uma@umbrella.example', 'admin', 700),
  person('umbrella', 2, 'Umar Usman', 'umar@umbrella.example', 'authorised_contact', 350),
  person('umbrella', 3, 'Ruth Ryan', 'ruth@umbrella.example', 'other', 300),
];

function person(
  accountId: string,
  number: number,
  name: string,
  email: string,
  role: Role,
  addedDaysAgo: number,
): SamplePerson {
  return { accountId, id: `U${String(number).padStart(3, '0')}`, name, email, role, addedDaysAgo };
}
