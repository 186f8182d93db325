import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ats } from '../../src/ports/ats.ts';

/** What an adapter hands in: the sample of `test/support/sample.ts`, read through it. */
export type AtsUnderTest = { ats: Ats; remove(): Promise<void> };

/** What every `Ats` does, whatever the database behind it. */
export function describeAts(name: string, make: () => Promise<AtsUnderTest>): void {
  describe(`Ats: ${name}`, () => {
    let made: AtsUnderTest;
    let ats: Ats;
    beforeAll(async () => {
      made = await make();
      ats = made.ats;
    });
    afterAll(() => made.remove());

    test('tells open accounts from closed ones', async () => {
      expect(await ats.account('acme')).toEqual({
        id: 'acme',
        name: 'Acme Recruiting',
        state: 'open',
        closedAt: null,
      });
      const closed = await ats.account('initech');
      expect(closed?.state).toBe('closed');
      expect(closed?.closedAt?.slice(0, 10)).toBe('2026-10-21');
    });

    test.each(['nobody', '', 'ACME', "acme' or '1'='1", '%', 'acme\0', 'a'.repeat(10_000)])(
      'knows nothing of an account called %j',
      async (id) => {
        expect(await ats.account(id)).toBeNull();
        expect(await ats.admins(id)).toEqual([]);
        expect(await ats.unpaidInvoices(id)).toEqual([]);
        expect(await ats.jobs(id)).toEqual([]);
      },
    );

    test('finds a person by address, without case and spaces around it', async () => {
      const found = await ats.peopleByEmail(' Alice@ACME.example ');
      expect(found).toEqual([
        {
          id: 'U001',
          accountId: 'acme',
          name: 'Alice Adams',
          email: 'alice@acme.example',
          role: 'admin',
          addedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ]);
    });

    test('finds a person in every account, with the role there', async () => {
      const found = await ats.peopleByEmail('casey@consulting.example');
      expect(found.map((person) => [person.accountId, person.role]).sort()).toEqual([
        ['acme', 'admin'],
        ['globex', 'admin'],
      ]);
    });

    test.each(['alice@acme', '%@acme.example', '', "' or 1=1 --", '_lice@acme.example'])(
      'finds nobody under %j',
      async (email) => {
        expect(await ats.peopleByEmail(email)).toEqual([]);
      },
    );

    test('knows who may not ask for an export', async () => {
      const [rita] = await ats.peopleByEmail('rita@acme.example');
      expect(rita?.role).toBe('other');
    });

    test('lists admins and authorised contacts of the account only, oldest first', async () => {
      const admins = await ats.admins('acme');
      expect(admins.map((person) => person.email)).toEqual([
        'alice@acme.example',
        'arthur@acme.example',
        'bob@acme.example',
        'casey@consulting.example',
      ]);
      expect(admins.map((person) => person.addedAt)).toEqual(
        admins.map((person) => person.addedAt).sort(),
      );
    });

    test('lists unpaid invoices with every digit', async () => {
      expect(await ats.unpaidInvoices('acme')).toEqual([]);
      expect(await ats.unpaidInvoices('globex')).toEqual([
        { number: 'INV-2041', amount: '1249.00', currency: 'USD', dueOn: '2026-10-31' },
      ]);
    });

    test('lists the jobs by title, those with the same title too', async () => {
      const jobs = await ats.jobs('acme');
      expect(jobs).toHaveLength(12);
      expect(jobs.filter((job) => job.title === 'Account Manager')).toHaveLength(2);
      expect(new Set(jobs.map((job) => job.id)).size).toBe(12);
      expect(jobs.map((job) => job.title)).toEqual(
        jobs.map((job) => job.title).sort((a, b) => a.localeCompare(b, 'en')),
      );
    });
  });
}
