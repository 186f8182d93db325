import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { createTicketStore } from '../../db/tickets.ts';
import type { Grant } from '../../src/domain/grant.ts';
import { askGrant } from '../../src/domain/grant.ts';
import { accessDue } from '../../src/flow/access-due.ts';
import { createAccessActions } from '../../src/flow/grant-actions.ts';
import { Platform, WISH } from '../support/access-platform.ts';
import { lifeWorld } from '../support/life.ts';

let world: Awaited<ReturnType<typeof lifeWorld>>;
let platform: Platform;
let deps: Omit<typeof world, 'access'> & { access: Platform };

beforeEach(async () => {
  world = await lifeWorld();
  platform = new Platform();
  deps = { ...world, access: platform };
});
afterEach(() => world.end());

function open(): Grant {
  const now = world.clock.now();
  const done = world.tickets.commit(
    {
      grant: {
        open: askGrant(WISH, now),
        history: [
          { at: now, actor: 'customer:alice@acme.example', event: 'access_asked', detail: {} },
        ],
      },
    },
    now,
  );
  if (!done.ok || !done.grant) throw new Error('not opened');
  return done.grant;
}

const give = (grant: Grant, hours = 24, emails: string[] = []) =>
  createAccessActions(deps).give(
    { number: grant.number, version: grant.version, agent: 'Ann', emails },
    hours,
  );
const find = (number: number) => world.grants.find(number);
const minutes = (count: number) => world.clock.jump(count / 60);
/** What waits to be said to the customer and to the desk. */
function said(): string[] {
  const now = world.clock.now();
  const all: string[] = [];
  for (;;) {
    const rows = world.outbox.claim(now, now, 50);
    if (rows.length === 0) return all;
    for (const { id, outgoing } of rows) {
      if (outgoing.to === 'thread') all.push(outgoing.message.text);
      if (outgoing.to === 'access') all.push(`${outgoing.notice?.level}: ${outgoing.notice?.text}`);
      world.outbox.sent(id, now);
    }
  }
}

describe('a decision', () => {
  test('gives access at once, from the moment the ATS confirms', async () => {
    const grant = open();
    expect(await give(grant, 48)).toMatchObject({ ok: true, grant: { status: 'active' } });
    const endsAt = new Date(world.clock.now().getTime() + 48 * 3_600_000);
    expect(find(grant.number)).toMatchObject({ endsAt, decidedBy: 'desk:Ann', hours: 48 });
    expect([...platform.inForce.values()]).toMatchObject([
      { accountId: 'acme', email: 'alice@acme.example', until: endsAt },
    ]);
    expect(said().join('\n')).toContain('You have temporary access to the platform now');
  });

  test('of the requester about themselves is refused', async () => {
    const done = await give(open(), 24, ['Alice@Acme.example']);
    expect(done).toMatchObject({ ok: false, reason: expect.stringContaining('somebody else') });
    expect(platform.calls).toEqual([]);
  });

  test('is made once: the second click says who was first', async () => {
    const grant = open();
    await give(grant);
    expect(await give(grant)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('is in force: Ann gave access on'),
    });
    expect(platform.calls).toEqual(['grant']);
  });

  test('gives 24 or 48 hours and nothing else', async () => {
    const grant = open();
    expect(await give(grant, 36)).toMatchObject({ ok: false });
    expect(await give(grant, 480)).toMatchObject({ ok: false });
    expect(find(grant.number)?.status).toBe('asked');
  });

  test('may be a no, with a reason that the customer reads', async () => {
    const grant = open();
    const click = { number: grant.number, version: grant.version, agent: 'Ann' };
    expect(await createAccessActions(deps).deny(click, ' ')).toMatchObject({ ok: false });
    expect(await createAccessActions(deps).deny(click, 'Use the export.')).toMatchObject({
      ok: true,
    });
    expect(said().join('\n')).toContain('The reason: Use the export.');
    expect(platform.calls).toEqual([]);
  });
});

describe('its end', () => {
  test('is warned of once and comes on time', async () => {
    const { number } = open();
    await give(find(number) ?? open());
    said();
    world.clock.jump(20);
    await accessDue(deps);
    await accessDue(deps);
    expect(said()).toEqual([expect.stringContaining('Your temporary access ends on')]);
    minutes(239);
    await accessDue(deps);
    expect(platform.inForce.size).toBe(1);
    minutes(1);
    await accessDue(deps);
    expect(platform.inForce.size).toBe(0);
    expect(find(number)?.status).toBe('ended');
    expect(said().join('\n')).toContain('Your temporary access to the platform has ended');
    expect(world.grants.history(number).map(({ event }) => event)).toEqual([
      'access_asked',
      'give',
      'begin',
      'warn',
      'revoke',
      'end',
    ]);
  });

  test('comes as soon as the bot is back after an outage', async () => {
    const { number } = open();
    await give(find(number) ?? open());
    world.clock.jump(24 * 5);
    await accessDue(deps);
    expect(platform.inForce.size).toBe(0);
    expect(find(number)?.status).toBe('ended');
  });

  test('is tried until the ATS confirms it, and the desk is alarmed', async () => {
    const { number } = open();
    await give(find(number) ?? open());
    world.clock.jump(24);
    platform.problem = 'The ATS is down.';
    for (let minute = 0; minute < 60; minute++) {
      await accessDue(deps);
      minutes(1);
    }
    const alarms = said().filter((text) => text.startsWith('alarm'));
    expect(alarms).toEqual([expect.stringContaining('after 3 tries: The ATS is down.')]);
    expect(alarms[0]).toContain('shut them out in the ATS by hand');
    const tries = platform.calls.filter((call) => call === 'revoke').length;
    expect(tries).toBeGreaterThan(4);
    expect(tries).toBeLessThan(12);
    expect(find(number)).toMatchObject({ status: 'revoking', lastError: 'The ATS is down.' });
    platform.problem = null;
    minutes(15);
    await accessDue(deps);
    expect(find(number)?.status).toBe('ended');
    expect(platform.inForce.size).toBe(0);
  });

  test('can come before its time by a click', async () => {
    const grant = open();
    await give(grant);
    const click = { number: grant.number, version: null, agent: 'Bob' };
    expect(await createAccessActions(deps).revoke(click)).toMatchObject({
      ok: true,
      grant: { status: 'ended' },
    });
    expect(platform.inForce.size).toBe(0);
  });
});

describe('an ATS that does not confirm', () => {
  test('is asked again; the hours count from the confirmation', async () => {
    const grant = open();
    platform.problem = 'The ATS is down.';
    expect(await give(grant)).toMatchObject({ ok: true, grant: { status: 'granting' } });
    platform.problem = null;
    minutes(5);
    await accessDue(deps);
    const confirmedAt = world.clock.now().getTime();
    expect(find(grant.number)?.endsAt?.getTime()).toBe(confirmedAt + 24 * 3_600_000);
  });

  test('for a day is given up on, revoked to be safe, and the customer is told', async () => {
    const grant = open();
    platform.problem = 'The line broke.';
    await give(grant);
    // The ATS took it and never said so.
    platform.inForce.set('lost', { id: 'lost', accountId: 'a', email: 'e', until: new Date() });
    for (let hour = 0; hour < 24; hour++) {
      world.clock.jump(1);
      await accessDue(deps);
    }
    expect(find(grant.number)?.status).toBe('revoking');
    expect(platform.calls.at(-1)).toBe('revoke');
    expect(said().join('\n')).toContain('it could not be set up');
    platform.problem = null;
    world.clock.jump(1);
    await accessDue(deps);
    expect(find(grant.number)?.status).toBe('ended');
    // Whoever never had it is not told that it is over.
    expect(said().join('\n')).not.toContain('has ended');
  });
});

test('a wish that nobody decides is closed after a week, and the customer is told', async () => {
  const grant = open();
  world.clock.jump(7 * 24);
  await accessDue(deps);
  expect(find(grant.number)?.status).toBe('lapsed');
  expect(said().join('\n')).toContain('nobody could decide it in time');
});

test('the history of an access cannot be changed', () => {
  const { db, close } = openDatabase(':memory:');
  const now = world.clock.now();
  const wish = askGrant(WISH, now);
  const entry = { at: now, actor: 'bot', event: 'access_asked', detail: {} };
  createTicketStore(db).commit({ grant: { open: wish, history: [entry] } }, now);
  const REFUSED = expect.objectContaining({
    cause: expect.objectContaining({ message: 'the history is append-only' }),
  });
  expect(() => db.run('update grant_history set actor = 0')).toThrow(REFUSED);
  expect(() => db.run('delete from grant_history')).toThrow(REFUSED);
  close();
});
