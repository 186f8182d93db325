import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agentAt, type DeskServer, START, startDeskServer } from '../../support/desk-server.ts';

let server: DeskServer;

beforeEach(async () => {
  server = await startDeskServer();
});

afterEach(() => server.close());

/** A delivered ticket whose file was fetched by Bob, on the page, and by the links CSV. */
async function fetched() {
  const { number } = server.open({ status: 'delivered', exportId: 'run', expiresAt: START });
  const file = { name: '=cmd|.zip', kind: 'part' as const, sizeBytes: 9, sha256: 'a' };
  const [link] = server.links.ensure(number, 'run', [file]);
  const bob = server.shares.add(
    { ticketNumber: number, email: 'bob@acme.example', name: 'Bob', sharedBy: 'customer:a' },
    START,
  );
  for (const via of [bob.id, 'page', null]) {
    const reader = { at: START, start: 3, sentBytes: 6, from: '10.0.0.1', userAgent: 'curl/8' };
    server.links.logDownload({ linkId: link?.id ?? '', ...reader, via });
  }
  return { number, bob };
}

const WHO = ['bob@acme.example', 'page of alice@acme.example', 'links CSV'];

test('the desk sees who came with which link, and gets all of it as CSV', async () => {
  const { number } = await fetched();
  const agent = await agentAt(server);
  const { body } = await agent.get(`/tickets/${number}`);
  expect(body.downloads.map(({ who }: { who: string }) => who)).toEqual(WHO.toReversed());
  const csv = await agent.fetch(`/tickets/${number}/downloads.csv`);
  expect(csv.headers.get('content-disposition')).toContain(`waybill-${number}-downloads.csv`);
  const rows: Record<string, string>[] = parse(await csv.text(), { bom: true, columns: true });
  expect(rows.map(({ who }) => who)).toEqual(WHO);
  expect(rows[0]).toEqual({
    at: START.toISOString(),
    who: 'bob@acme.example',
    file: "'=cmd|.zip",
    first_byte: '3',
    sent_bytes: '6',
    ip: '10.0.0.1',
    user_agent: 'curl/8',
  });
  expect((await fetch(`${server.url}/desk/api/tickets/${number}/downloads.csv`)).status).toBe(401);
});

test('the desk ends a colleague’s link; a second time changes nothing', async () => {
  const { number, bob } = await fetched();
  const agent = await agentAt(server);
  for (let times = 0; times < 2; times++) {
    const { status, body } = await agent.post(`/tickets/${number}/shares/${bob.id}/end`);
    expect([status, body.message]).toEqual([200, 'That link no longer works.']);
  }
  expect(server.shares.find(bob.id)?.revokedBy).toBe('desk:Ann');
  const ends = server.tickets.history(number).filter(({ event }) => event === 'unshared');
  expect(ends).toHaveLength(1);
  const { shares } = (await agent.get(`/tickets/${number}`)).body;
  expect(shares).toEqual([
    { id: bob.id, email: 'bob@acme.example', sharedAt: START.toISOString(), gone: true },
  ]);
  expect((await agent.post(`/tickets/${number}/shares/nobody/end`)).status).toBe(404);
});
