import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createChatLog } from '../../db/chat-log.ts';
import { createDeskLog } from '../../db/desk-log.ts';
import { createExportRuns } from '../../db/exports.ts';
import { createGrants } from '../../db/grants.ts';
import { createLinks } from '../../db/links.ts';
import { openDatabase } from '../../db/open.ts';
import { createOutbox } from '../../db/outbox.ts';
import { createShares } from '../../db/shares.ts';
import { createSupplements } from '../../db/supplements.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { createTokens } from '../../src/adapters/crypto/tokens.ts';
import { createWebDesk } from '../../src/adapters/web/desk.ts';
import { postDeskReply } from '../../src/adapters/web/desk-reply.ts';
import { type DeskDeps, registerDesk } from '../../src/adapters/web/desk-routes.ts';
import { createServer } from '../../src/adapters/web/server.ts';
import { newConversation } from '../../src/domain/conversation.ts';
import type { NewTicket, Ticket } from '../../src/domain/ticket.ts';
import { createDeskActions } from '../../src/flow/desk-actions.ts';
import { createAccessActions } from '../../src/flow/grant-actions.ts';
import { callBack } from '../../src/flow/receive/hand-over.ts';
import { takeOver } from '../../src/flow/reply.ts';
import { sendAgain } from '../../src/flow/send-again.ts';
import { unshareAtDesk } from '../../src/flow/share-page.ts';
import { createMemorySource } from './memory-source.ts';
import { MovableClock, RecordingLog } from './recorders.ts';
import { SettableAts } from './settable-ats.ts';
import { newTicket } from './tickets.ts';

export const START = new Date('2026-03-02T10:00:00Z');
const SECRET = Buffer.from('a secret of at least thirty-two characters');

export type DeskServer = Awaited<ReturnType<typeof startDeskServer>>;

/** The web desk on loopback: real database, real flows; an ATS, a clock and uploads that a test sets. */
export async function startDeskServer(patch: Partial<DeskDeps> = {}, start = START) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-desk-'));
  const database = openDatabase(join(folder, 'waybill.sqlite'));
  const { db } = database;
  const clock = new MovableClock(start);
  const ats = new SettableAts();
  const log = new RecordingLog();
  const tokens = createTokens(SECRET);
  const chat = createChatLog(db);
  const stores = {
    tickets: createTicketStore(db),
    deskLog: createDeskLog(db),
    exports: createExportRuns(db),
    supplements: createSupplements(db),
    links: createLinks(db),
    shares: createShares(db),
    outbox: createOutbox(db),
    grants: createGrants(db),
  };
  const queue = {
    start: async () => {},
    submit: async () => {},
    cancel: async () => {},
    close: async () => {},
  };
  const flowDeps = { ...stores, ats, clock, log, queue, source: createMemorySource({}) };
  const actions = createDeskActions(flowDeps);

  const app = await createServer(log);
  await registerDesk(app, {
    ...stores,
    ats,
    chat,
    actions,
    accessActions: createAccessActions({ ...flowDeps, access: null }),
    tokens,
    clock,
    secret: SECRET,
    publicUrl: 'http://localhost',
    mayJump: true,
    jump: async (hours) => clock.jump(hours),
    certificate: async () => null,
    linksCsv: async (number) => ({
      fileName: `waybill-${number}-links.csv`,
      content: Buffer.from('part,link\r\n'),
    }),
    endShare: (number, share, agent) => unshareAtDesk(flowDeps, number, share, agent),
    openUpload: async (upload) => Readable.from([`bytes of ${upload.id}`]),
    reply: async (thread, agent, text) => {
      postDeskReply({ chatLog: chat, clock }, thread, agent, text);
      takeOver(flowDeps, thread, agent, text);
    },
    sendAgain: (id, agent) => sendAgain(flowDeps, id, agent),
    callBack: async (thread, agent) => {
      callBack(flowDeps, thread, agent);
    },
    ...patch,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() satisfies AddressInfo | string | null as AddressInfo;

  /** Opens a ticket as a test wants it; it waits for approval unless told otherwise. */
  function open(change: Partial<NewTicket> = {}): Ticket {
    const now = clock.now();
    const wanted = newTicket(now, { status: 'awaiting_approval', confirmedAt: now, ...change });
    const entry = { at: now, actor: 'customer:alice@acme.example', event: 'open', detail: {} };
    const done = stores.tickets.commit(
      {
        open: wanted,
        history: [entry],
        conversation: newConversation(wanted.thread, wanted.requester.email),
      },
      now,
    );
    if (!done.ok || !done.ticket) throw new Error('not opened');
    return done.ticket;
  }

  return {
    ...stores,
    app,
    url: `http://127.0.0.1:${port}`,
    db,
    chat,
    ats,
    clock,
    log,
    tokens,
    actions,
    desk: createWebDesk(stores.deskLog, clock),
    open,
    async close() {
      await app.close();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A signed-in agent: asks the desk's API and says status and answer. */
export async function agentAt(server: DeskServer, name = 'Ann') {
  const response = await fetch(`${server.url}/desk/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: server.tokens.desk(), name }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const ask = async (method: 'GET' | 'POST', path: string, body?: object, headers = {}) => {
    const answer = await fetch(`${server.url}/desk/api${path}`, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return {
    cookie,
    get: (path: string, headers = {}) => ask('GET', path, undefined, headers),
    post: (path: string, body: object = {}, headers = {}) => ask('POST', path, body, headers),
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(`${server.url}/desk/api${path}`, { ...init, headers: { cookie, ...init.headers } }),
  };
}
