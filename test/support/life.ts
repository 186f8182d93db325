import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addHours } from 'date-fns/addHours';
import { createExportRuns } from '../../db/exports.ts';
import { createGrants } from '../../db/grants.ts';
import { createLinks } from '../../db/links.ts';
import { openDatabase } from '../../db/open.ts';
import { createOutbox } from '../../db/outbox.ts';
import { createPruning } from '../../db/pruning.ts';
import { createRuns } from '../../db/runs.ts';
import { createShares } from '../../db/shares.ts';
import { createSupplements } from '../../db/supplements.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { createSigner } from '../../src/adapters/crypto/signer.ts';
import { createTokens } from '../../src/adapters/crypto/tokens.ts';
import { createVault } from '../../src/adapters/crypto/vault.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { NewTicket, Ticket } from '../../src/domain/ticket.ts';
import { createDispatcher } from '../../src/flow/dispatch.ts';
import { createPasswords } from '../../src/flow/passwords.ts';
import type { BuildHandlers, JobQueue } from '../../src/ports/job-queue.ts';
import type { Link } from '../../src/ports/links.ts';
import { createMemorySource } from './memory-source.ts';
import {
  MovableClock,
  RecordingDesk,
  RecordingLog,
  RecordingMailer,
  RecordingThread,
} from './recorders.ts';
import { SettableAts } from './settable-ats.ts';
import { newTicket } from './tickets.ts';
import { understand } from './understand.ts';

export const START = new Date('2026-03-02T10:00:00Z');

/** A queue that builds nothing and keeps what it was told to cancel. */
class IdleQueue implements JobQueue {
  readonly cancelled: string[] = [];
  async start(_handlers: BuildHandlers): Promise<void> {}
  async submit(): Promise<void> {}
  async cancel(exportId: string): Promise<void> {
    this.cancelled.push(exportId);
  }
  async close(): Promise<void> {}
}

/** Everything that the flows need: real database, folder and tokens; recording thread, desk and mailer. */
export async function lifeWorld() {
  const root = await mkdtemp(join(tmpdir(), 'waybill-life-'));
  const { db, close } = openDatabase(':memory:');
  const thread = new RecordingThread('web');
  const desk = new RecordingDesk();
  const mailer = new RecordingMailer();
  const log = new RecordingLog();
  const ats = new SettableAts();
  const queue = new IdleQueue();
  const clock = new MovableClock(START);
  const deps = {
    clock,
    tickets: createTicketStore(db),
    outbox: createOutbox(db),
    grants: createGrants(db),
    access: null,
    exports: createExportRuns(db),
    supplements: createSupplements(db),
    links: createLinks(db),
    shares: createShares(db),
    runs: createRuns(db),
    pruning: createPruning(db),
    ats,
    source: createMemorySource({}),
    store: createFolderExportStore({ root }),
    queue,
    threads: [thread],
    desk,
    mailer,
    tokens: createTokens(randomBytes(32)),
    signer: createSigner(randomBytes(32)),
    passwords: createPasswords(createFolderExportStore({ root }), createVault(randomBytes(32))),
    understand,
    publicUrl: 'https://waybill.example',
    log,
  };
  const dispatcher = createDispatcher(
    deps,
    {
      text: (_number, text) => text,
      certificate: async () => null,
      linksFile: async (ticketNumber) => ({
        ref: { kind: 'links_csv', ticketNumber },
        fileName: 'links.csv',
        contentType: 'text/csv',
        content: Buffer.from('link'),
      }),
      mail: async (ref) => ({
        key: '',
        to: ref.to,
        subject: ref.template,
        text: '',
        html: '',
        attachments: [],
      }),
    },
    { chance: () => 0.5 },
  );

  /** Opens a ticket as a test wants it. */
  function open(patch: Partial<NewTicket> = {}): Ticket {
    const now = clock.now();
    const done = deps.tickets.commit({ open: newTicket(now, patch) }, now);
    if (!done.ok || !done.ticket) throw new Error('not opened');
    return done.ticket;
  }

  /** A ticket that waits for approval. */
  function asked(patch: Partial<NewTicket> = {}): Ticket {
    const confirmedAt = clock.now();
    return open({
      status: 'awaiting_approval',
      confirmedAt,
      promisedAt: addHours(confirmedAt, 9 * 24),
      ...patch,
    });
  }

  /** A delivered ticket with bytes in the store and links to them. */
  async function delivered(
    patch: Partial<NewTicket> = {},
    sizes: number[] = [1000, 2000, 3000],
  ): Promise<{ ticket: Ticket; links: Link[]; exportId: string }> {
    const now = clock.now();
    const exportId = patch.exportId ?? `acme-x${randomBytes(4).toString('hex')}`;
    const ticket = open({
      status: 'delivered',
      confirmedAt: now,
      approval: { by: 'Ann', at: now.toISOString(), options: DEFAULT_OPTIONS },
      deliveredAt: now,
      expiresAt: addHours(now, 7 * 24),
      ...patch,
      exportId,
    });
    const links = await addExport(ticket, exportId, sizes);
    return { ticket, links, exportId };
  }

  /** A finished export with its bytes and links. */
  async function addExport(ticket: Ticket, exportId: string, sizes: number[]): Promise<Link[]> {
    deps.exports.start({ id: exportId, ticketNumber: ticket.number }, clock.now());
    for (const [index, size] of sizes.entries()) {
      await deps.store.put(
        `${exportId}/part-${index}.zip`,
        { contentType: 'application/zip' },
        Buffer.alloc(size, index),
      );
    }
    deps.exports.end(exportId, 'finished', clock.now());
    return deps.links.ensure(
      ticket.number,
      exportId,
      sizes.map((sizeBytes, index) => ({
        name: `part-${index}.zip`,
        kind: 'part',
        sizeBytes,
        sha256: '00',
      })),
    );
  }

  /** The customer fetches bytes of a link; the whole file without a range. */
  function download(link: Link, start = 0, sentBytes = link.file.sizeBytes - start): void {
    deps.links.logDownload({
      linkId: link.id,
      at: clock.now(),
      start,
      sentBytes,
      from: '127.0.0.1',
      userAgent: 'test',
    });
  }

  function find(number: number): Ticket {
    const ticket = deps.tickets.find(number);
    if (!ticket) throw new Error(`no ticket ${number}`);
    return ticket;
  }

  return {
    ...deps,
    thread,
    dispatcher,
    open,
    asked,
    delivered,
    addExport,
    download,
    find,
    /** Sends what is due and says what the customer read, all together. */
    told: async () => {
      await dispatcher.drain();
      return thread.texts();
    },
    events: (number: number) => deps.tickets.history(number).map(({ event }) => event),
    end: async () => {
      close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export type LifeWorld = Awaited<ReturnType<typeof lifeWorld>>;
