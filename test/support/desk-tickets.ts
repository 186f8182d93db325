import { addHours } from 'date-fns/addHours';
import { subHours } from 'date-fns/subHours';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { Check, NewTicket, Status, Ticket } from '../../src/domain/ticket.ts';
import type { DeskServer } from './desk-server.ts';

const ACCOUNTS = [
  'Acme Recruiting',
  'شركة الهلال للتوظيف',
  'Bäcker & Söhne Personalvermittlung GmbH & Co. KG',
  'משרד כוח אדם צפון',
  'Extraordinarily-Long-Named-International-Recruitment-And-Staffing-Partners-Of-North-America-Incorporated',
  '株式会社リクルート技術研究所',
  'Zoë’s',
];

const PEOPLE = [
  'Alice Adams',
  'نور الهدى عبد الرحمن',
  'Johann-Sebastian von und zu Hohenzollern-Sigmaringen',
  'דנה לוי',
  'Maximiliana Konstantinopoulou-Papadopoulou',
  '山田太郎',
  'Zoë',
];

export const CHECKS: Check[] = [
  { name: 'requester', ok: true, text: 'Alice Adams is an admin of the account.' },
  { name: 'invoices', ok: true, text: 'All invoices are paid.' },
  { name: 'account', ok: true, text: 'The account is open.' },
  { name: 'recent_exports', ok: false, text: 'The last dump was delivered 4 days ago (ticket 3).' },
];

const ESTIMATE = { files: 1204, rows: 96_400, bytes: 41_000_000_000, parts: 21, seconds: 1260 };

const STATUSES: Status[] = [
  'awaiting_approval',
  'delivered',
  'building',
  'on_hold',
  'collecting',
  'failed',
  'purged',
  'delivered',
  'rejected',
  'cancelled',
  'expired',
  'delivered',
];

/** Opens many tickets of every kind, with names in many scripts, as a desk has them after some weeks. */
export function fillDesk(server: DeskServer, count: number): Ticket[] {
  return Array.from({ length: count }, (_, place) => openOne(server, place));
}

function openOne(server: DeskServer, place: number): Ticket {
  const now = server.clock.now();
  const status = STATUSES[place % STATUSES.length] ?? 'collecting';
  const name = PEOPLE[place % PEOPLE.length] ?? '';
  const since = subHours(now, (place * 7) % 100);
  const approval = { by: 'Ann', at: since.toISOString(), options: DEFAULT_OPTIONS };
  const begun: Partial<NewTicket> = { approval, exportId: `acme-${place}-run` };
  const more: Partial<Record<Status, Partial<NewTicket>>> = {
    on_hold: {
      checks: CHECKS.map((check) =>
        check.name === 'invoices'
          ? { ...check, ok: false, text: 'Invoice 2026-114 of 1,250.00 EUR is not paid.' }
          : check,
      ),
    },
    building: begun,
    delivered: {
      ...begun,
      deliveredAt: since,
      expiresAt: addHours(now, 20 + ((place * 13) % 140)),
      extensionAskedHours: place % 36 === 1 ? 72 : null,
    },
    failed: { ...begun, reason: 'The disk of the export store is full.' },
    rejected: { reason: 'Please ask your admin to request it.' },
    cancelled: { reason: 'The customer does not need it any more.' },
  };
  const ticket = server.open({
    status,
    accountName: ACCOUNTS[place % ACCOUNTS.length] ?? '',
    requester: { email: `person${place}@acme.example`, name, role: 'admin' },
    thread: `web:thread-${place}`,
    statusChangedAt: since,
    createdAt: since,
    checks: CHECKS,
    estimate: ESTIMATE,
    promisedAt: addHours(since, 9 * 24),
    ...more[status],
  });
  if (status === 'building') beginBuild(server, ticket);
  if (status === 'delivered') addLinks(server, ticket, place);
  return ticket;
}

/** A build that is 12 of 57 parts far. */
export function beginBuild(server: DeskServer, ticket: Ticket): void {
  const exportId = ticket.exportId ?? '';
  const now = server.clock.now();
  server.exports.start({ id: exportId, ticketNumber: ticket.number }, subHours(now, 1));
  server.exports.progress(
    exportId,
    {
      parts: { done: 12, total: 57 },
      files: { done: 250_113, total: 1_204_551 },
      bytes: { done: 24_000_000_000, total: 114_000_000_000 },
    },
    now,
  );
}

/** Links to three parts and a manifest, of which the customer has fetched some. */
export function addLinks(server: DeskServer, ticket: Ticket, seed = 1): void {
  const parts = ['acme-data-001.zip', 'acme-attachments-001.zip', 'acme-cvs-001.zip'];
  const links = server.links.ensure(ticket.number, ticket.exportId ?? '', [
    ...parts.map((name, place) => ({
      name,
      kind: 'part' as const,
      sizeBytes: 2_000_000_000 - place * 300_000_000,
      sha256: 'ab'.repeat(32),
    })),
    {
      name: 'manifest.json',
      kind: 'manifest' as const,
      sizeBytes: 18_211,
      sha256: 'cd'.repeat(32),
    },
  ]);
  for (const [place, link] of links.slice(0, seed % 4).entries()) {
    const half = place % 2 === 1;
    server.links.logDownload({
      linkId: link.id,
      at: subHours(server.clock.now(), 5 - place),
      start: 0,
      sentBytes: half ? Math.floor(link.file.sizeBytes / 2) : link.file.sizeBytes,
      from: '203.0.113.7',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0',
    });
  }
}

/** Something said in the ticket's thread by both sides, with a file of the customer. */
export function addTalk(server: DeskServer, ticket: Ticket): void {
  const say = (author: 'customer' | 'bot' | 'human', name: string, text: string, key: string) =>
    server.chat.append(
      {
        thread: ticket.thread,
        at: server.clock.now(),
        author,
        name,
        text,
        choices: [],
        attachment: null,
        uploads:
          author === 'customer' && key === '1'
            ? [
                {
                  id: 'upload-1',
                  name: 'طلب.pdf',
                  sizeBytes: 81_234,
                  contentType: 'application/pdf',
                },
              ]
            : [],
      },
      key,
    );
  say('customer', 'Alice Adams', 'Hello, we need a full export of our account, please.', '1');
  say(
    'bot',
    '',
    'A data dump of Acme Recruiting holds:\n• ten data files (CSV)\n• attachments\n• internal CVs\nShall I ask for it?',
    '2',
  );
  say('customer', 'نور الهدى', 'نعم من فضلك', '3');
}
