import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { amend } from '../../src/domain/ticket.ts';
import { deliver, type Finished } from '../../src/flow/deliver.ts';
import {
  bytesOf,
  change,
  deliverExport,
  deliverFiles,
  EXPORT_ID,
  NOW,
  openWorld,
  stored,
  type World,
} from '../support/delivered.ts';
import { newTicket } from '../support/tickets.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

const twoParts = [
  { name: 'acme-data-001.zip', bytes: bytesOf(1_200_000) },
  { name: 'acme-cvs-002.zip', bytes: bytesOf(800_000) },
  { name: 'manifest.json', kind: 'manifest', bytes: Buffer.from('{}') },
] as const;

/** An export that is finished but not yet delivered. */
function building(patch = {}) {
  const done = world.tickets.commit(
    { open: newTicket(NOW, { status: 'building', exportId: EXPORT_ID, ...patch }) },
    NOW,
  );
  if (!done.ok || !done.ticket) throw new Error('not opened');
  const file = { name: 'a.zip', kind: 'part', sizeBytes: 5, sha256: 'ab' } as const;
  const finished = {
    plan: { exportId: EXPORT_ID },
    receipts: [],
    files: [file],
  } as unknown as Finished;
  return { ticket: done.ticket, finished };
}

describe('delivery', () => {
  test('opens the window and writes it into the history', async () => {
    const { ticket, links } = await deliverExport(world, twoParts, { warnedHours: 6 });
    expect(ticket).toMatchObject({
      status: 'delivered',
      deliveredAt: NOW,
      expiresAt: new Date('2026-03-09T10:00:00Z'),
      warnedHours: null,
    });
    expect(world.tickets.history(ticket.number)).toMatchObject([
      { actor: 'bot', event: 'deliver', detail: { parts: 2, bytes: 2_000_000, missing: 0 } },
    ]);
    expect(links.map(({ file }) => file.name)).toEqual(twoParts.map(({ name }) => name));
  });

  test('tells the customer by chat and mail, and the desk', async () => {
    const { ticket } = await deliverExport(world, twoParts);
    const [thread, mail, desk, ...more] = stored(world);
    expect(more).toEqual([]);
    expect(thread).toMatchObject({
      to: 'thread',
      thread: 'web:alice',
      message: { attachment: { kind: 'links_csv', ticketNumber: ticket.number } },
    });
    const text = thread?.to === 'thread' ? thread.message.text : '';
    expect(text).toBe(
      [
        'Your data export for Acme Recruiting is ready: 2 ZIP files, 2.0 MB in all.',
        '',
        'The links are in acme-data-export-links.csv, attached here and in a mail to you, and on this page: {download page}',
        'They work until Monday, 9 March 2026, 10:00 UTC (2026-03-09T10:00:00Z).',
        '',
        '• To open the ZIPs, use 7-Zip or WinRAR on Windows and The Unarchiver on a Mac; extract them all into one folder.',
        '• Everything is in it: 6 files, counted in the database and again in the ZIPs.',
        '• If you need more time, just tell me here while the links still work.',
        '• To check that a download is whole, compare its SHA-256 with the one in the CSV or in SHA256SUMS.',
      ].join('\n'),
    );
    expect(mail).toEqual({
      to: 'mail',
      mail: {
        template: 'delivered',
        ticketNumber: ticket.number,
        to: { name: 'Alice Adams', email: 'alice@acme.example' },
      },
    });
    expect(desk).toEqual({
      to: 'desk',
      notice: {
        level: 'info',
        text: 'Delivered: 2 ZIP files, 2.0 MB in all. The links work until Monday, 9 March 2026, 10:00 UTC.',
      },
    });
  });

  test('says what is missing, to the customer and to the desk', async () => {
    const gone = {
      section: 'cvs',
      fileId: '7',
      name: 'cv.pdf',
      jobId: null,
      candidateId: null,
      reason: 'gone',
    } as const;
    await deliverExport(world, [twoParts[0]], {}, { missing: [gone, { ...gone, fileId: '8' }] });
    const text = JSON.stringify(stored(world));
    expect(text).toContain(
      '2 files could not be exported. They are listed in missing.csv, with the reason.',
    );
    expect(text).toContain('2 files could not be exported; the customer was told');
  });

  test('stores no link and no token', async () => {
    const { links } = await deliverExport(world, twoParts);
    const written = JSON.stringify([stored(world), world.tickets.history(1)]);
    expect(written).not.toContain('http');
    for (const { id } of links) expect(written).not.toContain(id);
  });

  test('gives as many days of 24 hours as were agreed, whatever the local calendar does', async () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    world.time.now = new Date('2026-03-28T10:00:00Z');
    const { ticket, finished } = building();
    const options = { ...ticket.options, windowDays: 14 };
    change(world, ticket.number, 'fail', { options });
    change(world, ticket.number, 'retry');
    change(world, ticket.number, 'build');
    const delivered = await deliver(world, ticket, finished);
    expect(delivered?.expiresAt).toEqual(new Date('2026-04-11T10:00:00Z'));
  });

  test('made twice is made once', async () => {
    const { ticket, finished } = building();
    const first = await deliver(world, ticket, finished);
    world.time.now = new Date('2026-03-03T10:00:00Z');
    expect(await deliver(world, ticket, finished)).toEqual(first);
    expect(stored(world)).toHaveLength(3);
    expect(world.tickets.history(ticket.number)).toHaveLength(1);
    expect(world.links.ofExport(EXPORT_ID)).toHaveLength(1);
  });

  test('goes on when somebody changes the ticket at the same moment', async () => {
    const { ticket, finished } = building();
    let others = 1;
    const tickets = {
      ...world.tickets,
      commit: (...about: Parameters<World['tickets']['commit']>) => {
        if (others-- > 0) {
          const step = amend(ticket, 'nudge', { now: NOW, actor: 'clock' }, { nudgedAt: NOW });
          world.tickets.commit({ ticket: step, history: [step.entry] }, NOW);
        }
        return world.tickets.commit(...about);
      },
    };
    const delivered = await deliver({ ...world, tickets }, ticket, finished);
    expect(delivered).toMatchObject({ status: 'delivered', nudgedAt: NOW });
    expect(stored(world)).toHaveLength(3);
  });

  test.each(['cancel', 'fail'] as const)('is left after %s', async (action) => {
    const { ticket, finished } = building();
    change(world, ticket.number, action);
    expect(await deliver(world, ticket, finished)).toBeNull();
    expect(stored(world)).toEqual([]);
    expect(world.links.ofExport(EXPORT_ID)).toEqual([]);
  });

  test('of an export that another one has replaced does nothing', async () => {
    const { ticket, finished } = building({ exportId: 'acme-1-newer' });
    expect(await deliver(world, ticket, finished)).toBeNull();
    expect(world.tickets.find(ticket.number)?.status).toBe('building');
    expect(stored(world)).toEqual([]);
  });

  test('of a rebuild ends the links of the export before, and keeps its own', async () => {
    const { ticket } = await deliverExport(world, twoParts);
    change(world, ticket.number, 'rebuild');
    const again = change(world, ticket.number, 'build', { exportId: 'acme-1-again' });
    await deliverFiles(world, again, 'acme-1-again', twoParts);
    const revoked = (exportId: string) =>
      world.links.ofExport(exportId).map(({ revokedAt }) => revokedAt);
    expect(revoked(EXPORT_ID)).toEqual([NOW, NOW, NOW]);
    expect(revoked('acme-1-again')).toEqual([null, null, null]);
  });

  test('goes on after a crash between links and ticket without ending its own links', async () => {
    const { ticket, finished } = building();
    const crashing = {
      ...world.tickets,
      commit: () => {
        throw new Error('the process was killed here');
      },
    };
    await expect(deliver({ ...world, tickets: crashing }, ticket, finished)).rejects.toThrow();
    const before = world.links.ofExport(EXPORT_ID);
    expect(await deliver(world, ticket, finished)).toMatchObject({ status: 'delivered' });
    expect(world.links.ofExport(EXPORT_ID)).toEqual(before);
    expect(before.map(({ revokedAt }) => revokedAt)).toEqual([null]);
  });
});
