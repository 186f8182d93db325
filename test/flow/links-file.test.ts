import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linksFile, withPageLink } from '../../src/flow/links-file.ts';
import {
  bytesOf,
  change,
  deliverExport,
  EXPORT_ID,
  openWorld,
  type World,
} from '../support/delivered.ts';
import { newTicket } from '../support/tickets.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});

afterEach(() => world.close());

const contents = [
  { name: 'acme-data-001.zip', bytes: bytesOf(1000) },
  { name: 'acme-cvs-002.zip', bytes: bytesOf(2000) },
  { name: 'manifest.json', kind: 'manifest', bytes: Buffer.from('{}') },
  { name: 'missing.csv', kind: 'missing', bytes: Buffer.from('a\r\n') },
  { name: 'SHA256SUMS', kind: 'sums', bytes: Buffer.from('x\n') },
] as const;

async function rowsOf(number: number): Promise<Record<string, string>[]> {
  const file = await linksFile(world, number);
  return parse(file?.content ?? '', { columns: true, bom: true });
}

describe('the links CSV', () => {
  test('has a row for each ZIP, then for each small file', async () => {
    const { ticket, links } = await deliverExport(world, contents);
    const file = await linksFile(world, ticket.number);
    expect(file).toMatchObject({
      ref: { kind: 'links_csv', ticketNumber: ticket.number },
      fileName: 'acme-data-export-links.csv',
      contentType: 'text/csv; charset=utf-8',
    });
    const rows = await rowsOf(ticket.number);
    expect(rows.map((row) => [row.part, row.file_name, row.content])).toEqual([
      ['1', 'acme-data-001.zip', 'Attachments, 3 files'],
      ['2', 'acme-cvs-002.zip', 'Attachments, 3 files'],
      ['', 'SHA256SUMS', 'Checksums of all files'],
      ['', 'manifest.json', 'List of what is in this export'],
      ['', 'missing.csv', 'Files that could not be exported, and why'],
    ]);
    const [first] = links;
    expect(rows[0]).toMatchObject({
      size_bytes: '1000',
      sha256: first?.file.sha256,
      link: `http://127.0.0.1/d/${world.tokens.link(first?.id ?? '', 1)}`,
      expires_at: '2026-03-09T10:00:00.000Z',
    });
    for (const row of rows) {
      const token = (row.link ?? '').slice('http://127.0.0.1/d/'.length);
      expect(world.links.find(world.tokens.readLink(token)?.id ?? '')?.file.name).toBe(
        row.file_name,
      );
    }
  });

  test('is the same every time, and after an extension differs in the expiry only', async () => {
    const { ticket } = await deliverExport(world, contents);
    const first = await linksFile(world, ticket.number);
    world.time.now = new Date('2026-03-05T10:00:00Z');
    expect(await linksFile(world, ticket.number)).toEqual(first);
    const rows = await rowsOf(ticket.number);
    change(world, ticket.number, 'extend', { expiresAt: new Date('2026-03-11T10:00:00Z') });
    const expected = rows.map((row) => ({ ...row, expires_at: '2026-03-11T10:00:00.000Z' }));
    expect(await rowsOf(ticket.number)).toEqual(expected);
  });

  test('has a name that every system can hold', async () => {
    const accountId = '../../a\u202Ecme"\r\n<x>';
    const { ticket } = await deliverExport(world, contents, { accountId });
    const name = (await linksFile(world, ticket.number))?.fileName;
    expect(name).toMatch(/^[\w .-]+-data-export-links\.csv$/);
    expect(name).not.toContain('..');
  });

  test('is not there before delivery, after expiry or when the ticket is cancelled', async () => {
    expect(await linksFile(world, 99)).toBeNull();
    const opened = world.tickets.commit({ open: newTicket(world.time.now) }, world.time.now);
    expect(await linksFile(world, (opened.ok && opened.ticket?.number) || 0)).toBeNull();
    const { ticket } = await deliverExport(world, contents);
    expect(await linksFile(world, ticket.number)).not.toBeNull();
    world.time.now = ticket.expiresAt ?? world.time.now;
    expect(await linksFile(world, ticket.number)).toBeNull();
    world.time.now = ticket.deliveredAt ?? world.time.now;
    change(world, ticket.number, 'cancel');
    expect(await linksFile(world, ticket.number)).toBeNull();
  });
});

describe('a stored text', () => {
  test('goes out with the address of the download page', async () => {
    const { ticket } = await deliverExport(world, contents);
    const page = `http://127.0.0.1/e/${world.tokens.page(EXPORT_ID)}`;
    expect(withPageLink(world, ticket.number, 'Here: {download page}.')).toBe(`Here: ${page}.`);
    expect(world.tokens.readPage(page.slice('http://127.0.0.1/e/'.length))).toEqual({
      exportId: EXPORT_ID,
    });
  });

  test('without a place for it, or without an export, says no token', async () => {
    expect(withPageLink(world, null, 'Hello $& {x}')).toBe('Hello $& {x}');
    expect(withPageLink(world, null, '{download page}')).toBe('http://127.0.0.1');
  });
});
