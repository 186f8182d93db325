import { expect, test } from 'vitest';
import { createIdentities } from '../../db/identities.ts';
import { openDatabase } from '../../db/open.ts';
import { verifiedBy } from '../../src/flow/identity/verified-by.ts';

const requester = { email: 'alice@acme.example', name: 'Alice', role: 'admin' } as const;
const provenAt = new Date('2026-11-20T10:00:00Z');

test('the desk is told how an address was proven, in the service of the ticket', () => {
  const { db, close } = openDatabase(':memory:');
  const identities = createIdentities(db);
  const said = (thread: string) => verifiedBy(identities, { thread, requester });
  expect(said('web:abc')).toBe('signed in to the web chat');
  expect(said('intercom:1')).toBeNull();
  const alice = { email: requester.email, name: 'Alice', provenAt };
  identities.remember({ ...alice, who: 'intercom:c1', provenBy: 'service' });
  identities.remember({ ...alice, who: 'slack:U1', provenBy: 'code' });
  expect(said('intercom:1')).toBe('e-mail address confirmed by Intercom');
  expect(said('slack:C1:1.1')).toBe('with a code that was mailed to this address');
  close();
});
