import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlatformAccess } from '../../src/ports/platform-access.ts';

/** A platform under test: `holds` says who is let in according to the platform itself. */
export type AccessHarness = {
  access: PlatformAccess;
  holds(): Promise<{ id: string; account: string; email: string; until: string }[]>;
  close(): Promise<void>;
};

const UNTIL = new Date('2026-11-22T10:00:00.000Z');
const ALICE = { id: 'waybill-1', accountId: 'acme', email: 'alice@acme.example' };
const GRANT = {
  ...ALICE,
  until: UNTIL,
  reason: 'Our auditors want screenshots; "today\'s" \\ état',
};
const HELD = {
  id: 'waybill-1',
  account: 'acme',
  email: 'alice@acme.example',
  until: UNTIL.toISOString(),
};

/** What every platform does that lets people in for some hours. */
export function describePlatformAccess(name: string, make: () => Promise<AccessHarness>): void {
  describe(`temporary access: ${name}`, () => {
    let at: AccessHarness;
    beforeEach(async () => {
      at = await make();
    });
    afterEach(() => at.close());

    test('lets somebody in, lists them and shuts them out', async () => {
      await at.access.grant(GRANT);
      expect(await at.holds()).toEqual([HELD]);
      expect(await at.access.list()).toEqual([{ ...ALICE, until: UNTIL }]);
      await at.access.revoke(ALICE);
      expect(await at.holds()).toEqual([]);
      expect(await at.access.list()).toEqual([]);
    });

    test('the same again changes nothing', async () => {
      await at.access.grant(GRANT);
      await at.access.grant(GRANT);
      expect(await at.holds()).toEqual([HELD]);
      await at.access.revoke(ALICE);
      await at.access.revoke(ALICE);
      expect(await at.holds()).toEqual([]);
    });

    test('shuts nobody else out, and what was never granted is no error', async () => {
      const bob = { id: 'waybill-2', accountId: 'globex', email: "o'brien@globex.example" };
      await at.access.grant(GRANT);
      await at.access.grant({ ...bob, until: UNTIL, reason: 'r' });
      await at.access.revoke(ALICE);
      expect(await at.access.list()).toEqual([{ ...bob, until: UNTIL }]);
      await at.access.revoke({ ...ALICE, id: 'waybill-99' });
      expect(await at.access.list()).toHaveLength(1);
    });
  });
}
