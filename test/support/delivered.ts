import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc } from 'drizzle-orm';
import { createExportRuns } from '../../db/exports.ts';
import { createLinks } from '../../db/links.ts';
import { openDatabase } from '../../db/open.ts';
import { createOutbox } from '../../db/outbox.ts';
import { outbox } from '../../db/schema.ts';
import { createShares } from '../../db/shares.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { createSigner } from '../../src/adapters/crypto/signer.ts';
import { createTokens } from '../../src/adapters/crypto/tokens.ts';
import { createVault } from '../../src/adapters/crypto/vault.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import type { Person } from '../../src/domain/account.ts';
import type { Outgoing } from '../../src/domain/message.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import { type Plan, partBlob, type Receipt } from '../../src/domain/plan.ts';
import { type Action, act, type NewTicket, type Ticket } from '../../src/domain/ticket.ts';
import { deliver } from '../../src/flow/deliver.ts';
import { createPasswords } from '../../src/flow/passwords.ts';
import type { Ats } from '../../src/ports/ats.ts';
import type { ExportFile } from '../../src/ports/exports.ts';
import type { Link } from '../../src/ports/links.ts';
import type { Log } from '../../src/ports/log.ts';
import { newTicket } from './tickets.ts';

export const NOW = new Date('2026-03-02T10:00:00Z');
export const EXPORT_ID = 'acme-1-run';

/** The world that delivery needs: real database, real folder of exports, a clock that the test moves. */
export type World = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-delivery-'));
  const { db, close } = openDatabase(':memory:');
  const time = { now: NOW };
  const logged: { level: string; fields: object; text: string }[] = [];
  return {
    db,
    time,
    logged,
    clock: { now: () => time.now, jump: () => {} },
    tickets: createTicketStore(db),
    outbox: createOutbox(db),
    ats: atsOf([]),
    exports: createExportRuns(db),
    links: createLinks(db),
    shares: createShares(db),
    store: createFolderExportStore({ root: folder }),
    tokens: createTokens(Buffer.from('a secret of thirty-two characters')),
    signer: createSigner(Buffer.from('a secret of thirty-two characters')),
    passwords: createPasswords(
      createFolderExportStore({ root: folder }),
      createVault(Buffer.from('a secret of thirty-two characters')),
    ),
    publicUrl: 'http://127.0.0.1',
    log: keptLog(logged),
    folder,
    close: async () => {
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An ATS that knows these people and nothing else. */
export function atsOf(people: Person[]): Ats {
  return {
    account: async () => null,
    peopleByEmail: async (email) => people.filter((person) => person.email === email),
    admins: async () => people,
    unpaidInvoices: async () => [],
    jobs: async () => [],
    close: async () => {},
  };
}

/** What is stored to be sent, in the order in which it was stored. */
export function stored(world: World): Outgoing[] {
  return world.db
    .select()
    .from(outbox)
    .orderBy(asc(outbox.id))
    .all()
    .map((row) => row.outgoing);
}

/** A change of a ticket, made now by an agent. */
export function change(
  world: World,
  number: number,
  action: Action,
  patch: Partial<NewTicket> = {},
): Ticket {
  const ticket = world.tickets.find(number);
  if (!ticket) throw new Error('no ticket');
  const step = act(ticket, action, { now: world.time.now, actor: 'desk:Ann' }, patch);
  const done = world.tickets.commit({ ticket: step, history: [step.entry] }, world.time.now);
  if (!done.ok || !done.ticket) throw new Error('not changed');
  return done.ticket;
}

function keptLog(logged: { level: string; fields: object; text: string }[]): Log {
  const keep = (level: string) => (fields: object, text: string) =>
    void logged.push({ level, fields, text });
  return { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}

export type Content = { name: string; kind?: ExportFile['kind']; bytes: Buffer };

/** Puts an export with these files into the store and delivers it, for a ticket that is being built. */
export async function deliverExport(
  world: World,
  contents: readonly Content[],
  patch: Partial<NewTicket> = {},
  receiptPatch: Partial<Receipt> = {},
): Promise<{ ticket: Ticket; links: Link[] }> {
  const exportId = patch.exportId ?? EXPORT_ID;
  const opened = world.tickets.commit(
    { open: newTicket(NOW, { status: 'building', exportId, ...patch }) },
    NOW,
  );
  if (!opened.ok || !opened.ticket) throw new Error('not opened');
  const ticket = await deliverFiles(world, opened.ticket, exportId, contents, receiptPatch);
  return { ticket, links: world.links.ofExport(exportId) };
}

export async function deliverFiles(
  world: World,
  ticket: Ticket,
  exportId: string,
  contents: readonly Content[],
  receiptPatch: Partial<Receipt> = {},
): Promise<Ticket> {
  world.exports.start({ id: exportId, ticketNumber: ticket.number }, NOW);
  const files = await storeFiles(world, exportId, contents);
  const receipts = files
    .filter(({ kind }) => kind === 'part')
    .map((file, index) => receiptOf(file, index, receiptPatch));
  for (const receipt of receipts) world.exports.built(exportId, receipt);
  const plan = planOf(exportId, ticket);
  const delivered = await deliver(world, ticket, { plan, receipts, files });
  if (!delivered) throw new Error('not delivered');
  return delivered;
}

async function storeFiles(
  world: World,
  exportId: string,
  contents: readonly Content[],
): Promise<ExportFile[]> {
  const files: ExportFile[] = [];
  for (const { name, kind = 'part', bytes } of contents) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await world.store.put(
      partBlob(exportId, name),
      { contentType: 'application/octet-stream' },
      bytes,
    );
    files.push({ name, kind, sizeBytes: bytes.length, sha256 });
  }
  return files;
}

function receiptOf(file: ExportFile, index: number, patch: Partial<Receipt>): Receipt {
  return {
    number: index + 1,
    name: file.name,
    section: 'attachments',
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    entries: 3,
    rows: {},
    files: {},
    missing: [],
    builtAt: NOW.toISOString(),
    ...patch,
  };
}

function planOf(exportId: string, ticket: Ticket): Plan {
  const totals = { rows: {}, files: { attachments: {}, cvs: {} } };
  return {
    exportId,
    accountId: ticket.accountId,
    accountName: ticket.accountName,
    options: DEFAULT_OPTIONS,
    plannedAt: NOW.toISOString(),
    parts: [],
    totals: totals as unknown as Plan['totals'],
    planned: totals as unknown as Plan['planned'],
  };
}

/** Bytes that are not the same anywhere, so that a range from the wrong place is seen. */
export function bytesOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 0x9e3779b9;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + i) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
