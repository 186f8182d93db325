import { addDays } from 'date-fns/addDays';
import { expect, test } from 'vitest';
import { createArrivals } from '../../db/arrivals.ts';
import { createIdentities } from '../../db/identities.ts';
import { openDatabase } from '../../db/open.ts';
import { createPruning } from '../../db/pruning.ts';
import { pruneDue } from '../../src/flow/prune.ts';

const START = new Date('2026-03-02T10:00:00Z');

test('what was worked on, and codes, are forgotten after a while, and nothing else', async () => {
  const { db, close } = openDatabase(':memory:');
  const arrivals = createArrivals(db);
  const identities = createIdentities(db);
  let now = START;
  const clock = { now: () => now, jump: () => undefined };
  const due = () => pruneDue({ pruning: createPruning(db), clock });
  for (const id of ['done', 'waits'])
    arrivals.keep({ id, thread: 'slack:C1:1.1', content: 'x' }, now);
  arrivals.done('done', now);
  const proof = { who: 'slack:U1', thread: 'slack:C1:1.1', request: 'An export, please' };
  identities.keepProof({
    ...proof,
    code: { email: 'a@b.example', hash: 'h', sentAt: now, tries: 0 },
  });
  identities.countCode('slack:U1', 'a@b.example', now, now);

  now = addDays(START, 1);
  expect(await due()).toBe(0);
  now = addDays(START, 3);
  expect(await due()).toBe(2);
  expect(identities.proof('slack:U1')).toBeNull();
  now = addDays(START, 91);
  expect(await due()).toBe(1);
  expect(arrivals.waiting('slack:').map(({ id }) => id)).toEqual(['waits']);
  expect(arrivals.keep({ id: 'waits', thread: 't', content: 'x' }, now)).toBe(false);
  close();
});
