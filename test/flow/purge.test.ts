import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { act } from '../../src/domain/ticket.ts';
import { cancel } from '../../src/flow/cancel.ts';
import { certificateFile } from '../../src/flow/certificate.ts';
import { expireDue } from '../../src/flow/expire.ts';
import { holdBack, liftHold } from '../../src/flow/legal-hold.ts';
import { purgeDue, purgeNow } from '../../src/flow/purge.ts';
import type { ExportStore } from '../../src/ports/export-store.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

let world: LifeWorld;

beforeEach(async () => {
  world = await lifeWorld();
});

afterEach(() => world.end());

async function expired() {
  const made = await world.delivered();
  world.clock.jump(7 * 24);
  await expireDue(world);
  await world.told();
  return made;
}

test('deletes the bytes when the grace time is over, checks it, and says what went', async () => {
  const { ticket, exportId } = await expired();
  world.clock.jump(7 * 24 - 1);
  expect(await purgeDue(world)).toBe(0);
  expect(await world.store.list(`${exportId}/`)).toHaveLength(3);
  world.clock.jump(1);
  expect(await purgeDue(world)).toBe(1);
  expect(await purgeDue(world)).toBe(0);
  expect(await world.store.list(`${exportId}/`)).toEqual([]);
  expect(world.find(ticket.number)).toMatchObject({
    status: 'purged',
    purgedAt: world.clock.now(),
  });
  expect(world.exports.find(exportId)?.status).toBe('removed');
  expect(world.links.ofExport(exportId).every(({ revokedAt }) => revokedAt !== null)).toBe(true);
  expect((await world.told()).at(-1)).toContain('3 files, 6.0 kB');
  expect(world.mailer.mails.map(({ subject }) => subject)).toEqual(['expired', 'purged']);
  expect(world.events(ticket.number)).toEqual(['expire', 'purge', 'remove']);
});

test('hands out a signed certificate of what went, the same every time', async () => {
  const { ticket, exportId } = await expired();
  expect(await certificateFile(world, ticket.number)).toBeNull();
  world.clock.jump(7 * 24);
  await purgeDue(world);
  const at = world.clock.now().toISOString();
  const file = await certificateFile(world, ticket.number);
  world.clock.jump(24);
  expect(await certificateFile(world, ticket.number)).toEqual(file);
  const { statement, signature } = JSON.parse(String(file?.content));
  expect(statement).toMatchObject({ ticket: ticket.number, exportId, deletedAt: at });
  expect(statement.files).toHaveLength(world.links.ofExport(exportId).length);
  expect(statement.removed).toMatchObject({ blobs: 3, checked: true });
  expect(statement.rule).toMatch(
    /^Exports are deleted 7 days after the end of their download time/,
  );
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: world.signer.publicKey.x },
    format: 'jwk',
  });
  const isGenuine = (value: unknown) =>
    verify(null, Buffer.from(JSON.stringify(value)), key, Buffer.from(signature.value, 'base64'));
  expect(isGenuine(statement)).toBe(true);
  expect(isGenuine({ ...statement, exportId: 'another' })).toBe(false);
});

test('leaves an export alone that was extended at the last moment', async () => {
  const { ticket, exportId } = await expired();
  world.clock.jump(7 * 24);
  const step = act(
    world.find(ticket.number),
    'extend',
    { now: world.clock.now(), actor: 'desk:Ann' },
    { expiresAt: new Date(world.clock.now().getTime() + 3_600_000) },
  );
  world.tickets.commit({ ticket: step, history: [step.entry] }, world.clock.now());
  expect(await purgeDue(world)).toBe(0);
  expect(await world.store.list(`${exportId}/`)).toHaveLength(3);
});

test('a store that fails is tried again; nobody is told that the bytes are gone, and the desk once a day', async () => {
  const { ticket } = await expired();
  world.clock.jump(7 * 24);
  const store: ExportStore = {
    ...world.store,
    remove: async () => {
      throw new Error('The disk is read-only.');
    },
  };
  expect(await purgeDue({ ...world, store })).toBe(0);
  world.clock.jump(1);
  expect(await purgeDue({ ...world, store })).toBe(0);
  expect(world.find(ticket.number)).toMatchObject({ status: 'purged', purgedAt: null });
  expect(await world.told()).toHaveLength(1);
  const alarms = () => world.desk.notices().filter(({ level }) => level === 'alarm');
  expect(alarms()).toMatchObject([{ text: expect.stringContaining('read-only') }]);
  world.clock.jump(24);
  await purgeDue({ ...world, store });
  await world.dispatcher.drain();
  expect(alarms()).toHaveLength(2);
  expect(await purgeDue(world)).toBe(1);
  expect(world.find(ticket.number).purgedAt).toEqual(world.clock.now());
});

test('files that are still there after deleting are not said to be gone', async () => {
  const { ticket } = await expired();
  world.clock.jump(7 * 24);
  const store: ExportStore = { ...world.store, remove: async () => ({ blobs: 3, bytes: 6000 }) };
  expect(await purgeDue({ ...world, store })).toBe(0);
  expect(world.find(ticket.number).purgedAt).toBeNull();
});

test('a crash after telling the customer does not tell them twice', async () => {
  const { ticket, exportId } = await expired();
  world.clock.jump(7 * 24);
  const exports = {
    ...world.exports,
    end: () => {
      throw new Error('killed');
    },
  };
  await purgeDue({ ...world, exports });
  expect(world.find(ticket.number).purgedAt).not.toBeNull();
  expect(await purgeDue(world)).toBe(1);
  expect(world.exports.find(exportId)?.status).toBe('removed');
  const told = await world.told();
  expect(told.filter((text) => text.includes('are deleted'))).toHaveLength(1);
});

test('deletes what a cancelled ticket left, after its last part has had time to arrive', async () => {
  const exportId = 'acme-x';
  const { number } = world.open({ status: 'cancelled', exportId });
  world.exports.start({ id: exportId, ticketNumber: number }, world.clock.now());
  const part = Buffer.from('part');
  await world.store.put(`${exportId}/part-1.zip`, { contentType: 'application/zip' }, part);
  expect(await purgeDue(world)).toBe(0);
  expect(world.queue.cancelled).toEqual([exportId]);
  await world.store.put(`${exportId}/part-2.zip`, { contentType: 'application/zip' }, part);
  world.clock.jump(0.1);
  expect(await purgeDue(world)).toBe(1);
  expect(await world.store.list(`${exportId}/`)).toEqual([]);
  expect(world.exports.find(exportId)?.status).toBe('removed');
  expect(world.find(number)).toMatchObject({
    status: 'cancelled',
    purgedAt: world.clock.now(),
  });
  expect(await world.told()).toEqual([]);
});

test('a delivered ticket that is cancelled loses its bytes at once', async () => {
  const { ticket, exportId } = await world.delivered();
  const click = { number: ticket.number, version: 1, agent: 'Ann' };
  await cancel(world, click, 'Sent to the wrong person.');
  expect(await purgeDue(world)).toBe(1);
  expect(await world.store.list(`${exportId}/`)).toEqual([]);
  expect(world.events(ticket.number)).toEqual(['cancel', 'remove']);
});

test('deletes what a newer export has replaced, and nothing of the newer one', async () => {
  const { ticket, exportId } = await world.delivered({ exportId: 'acme-new' });
  await world.addExport(ticket, 'acme-old', [10]);
  expect(await purgeDue(world)).toBe(1);
  expect(await world.store.list('acme-old/')).toEqual([]);
  expect(await world.store.list(`${exportId}/`)).toHaveLength(3);
  expect(world.find(ticket.number)).toMatchObject({ status: 'delivered', purgedAt: null });
});

test('keeps what is still used: the old export while the new one is built', async () => {
  const { ticket } = await world.delivered({ status: 'building', exportId: 'acme-new' });
  await world.addExport(ticket, 'acme-old', [10]);
  expect(await purgeDue(world)).toBe(0);
  expect(await world.store.list('acme-old/')).toHaveLength(1);
});

test('one export that cannot be deleted does not keep the others', async () => {
  const first = await expired();
  const second = await expired();
  world.clock.jump(14 * 24);
  const store: ExportStore = {
    ...world.store,
    remove: async (prefix) => {
      if (prefix.startsWith(first.exportId)) throw new Error('busy');
      return world.store.remove(prefix);
    },
  };
  expect(await purgeDue({ ...world, store })).toBe(1);
  expect(world.find(second.ticket.number).purgedAt).not.toBeNull();
});

const click = (number: number) => ({ number, version: null, agent: 'Ann' });

test('a legal hold keeps the files whatever the rules say, and names who set it', async () => {
  const { ticket, exportId } = await expired();
  expect(await holdBack(world, click(ticket.number), '  ')).toMatchObject({ ok: false });
  expect(await holdBack(world, click(ticket.number), 'Litigation 7.')).toMatchObject({ ok: true });
  world.clock.jump(30 * 24);
  expect(await purgeDue(world)).toBe(0);
  expect(await world.store.list(`${exportId}/`)).toHaveLength(3);
  expect(world.find(ticket.number).status).toBe('expired');
  const refused = await purgeNow(world, click(ticket.number));
  expect(refused).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/legal hold, set by Ann on .*: Litigation 7\. Lift it first/),
  });
  expect(await holdBack(world, click(ticket.number), 'Again')).toMatchObject({ ok: false });
  expect(await liftHold(world, click(ticket.number))).toMatchObject({ ok: true });
  expect(await purgeDue(world)).toBe(1);
  expect(world.events(ticket.number)).toEqual([
    'expire',
    'legal_hold',
    'legal_hold_lifted',
    'purge',
    'remove',
  ]);
});

test('a legal hold also keeps what a cancelled request leaves', async () => {
  const { ticket, exportId } = await world.delivered();
  await holdBack(world, click(ticket.number), 'Litigation 7.');
  await cancel(world, click(ticket.number), 'Not needed.');
  world.clock.jump(24);
  expect(await purgeDue(world)).toBe(0);
  expect(await world.store.list(`${exportId}/`)).toHaveLength(3);
});

test('the desk can delete before the time, and the certificate says so', async () => {
  const { ticket, exportId } = await world.delivered();
  expect(await purgeNow(world, click(ticket.number))).toMatchObject({ ok: true });
  expect(await world.store.list(`${exportId}/`)).toEqual([]);
  expect(world.find(ticket.number)).toMatchObject({ status: 'purged' });
  expect(world.links.ofExport(exportId).every(({ revokedAt }) => revokedAt !== null)).toBe(true);
  const { statement } = JSON.parse(String((await certificateFile(world, ticket.number))?.content));
  expect(statement.rule).toBe('Deleted before its time by Ann of the support team.');
  expect(await purgeNow(world, click(ticket.number))).toMatchObject({ ok: false });
});
