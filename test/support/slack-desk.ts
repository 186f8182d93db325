import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDeskPosts } from '../../db/desk-posts.ts';
import { createExportRuns } from '../../db/exports.ts';
import { createLinks } from '../../db/links.ts';
import { openDatabase } from '../../db/open.ts';
import { createOutbox } from '../../db/outbox.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { createSlackApp } from '../../src/adapters/slack/app.ts';
import type { SlackDeskClickDeps } from '../../src/adapters/slack/desk/deps.ts';
import { createSlackDesk } from '../../src/adapters/slack/desk/desk.ts';
import { registerSlackDesk } from '../../src/adapters/slack/desk/register.ts';
import { newConversation } from '../../src/domain/conversation.ts';
import type { NewTicket, Ticket } from '../../src/domain/ticket.ts';
import { createDeskActions } from '../../src/flow/desk-actions.ts';
import { createDispatcher } from '../../src/flow/dispatch.ts';
import { createMemorySource } from './memory-source.ts';
import { MovableClock, RecordingLog, RecordingMailer, RecordingThread } from './recorders.ts';
import { SettableAts } from './settable-ats.ts';
import { newTicket } from './tickets.ts';

const BINARY = fileURLToPath(
  new URL('../../node_modules/local-slack-linux-x64/bin/local-slack', import.meta.url),
);
export const hasLocalSlack = process.platform === 'linux' && existsSync(BINARY);
if (!hasLocalSlack)
  console.warn('local-slack is not here: the tests of the desk in Slack are left out.');

export const DESK = 'C0DESK';
export const ANN = 'U0ANN';
export const BOB = 'U0BOB';
export const ALICE = 'U0ALICE';
export const START = new Date('2026-03-02T10:00:00Z');

const WORKSPACE = {
  workspace: { name: 'Acme ATS', domain: 'acme-ats', teamId: 'T0ACME' },
  apps: [
    {
      appId: 'A0WAYBILL',
      botUserId: 'U0BOT',
      botName: 'waybill',
      botToken: 'xoxb-desk',
      appToken: 'xapp-desk',
      signingSecret: 'secret',
      mode: 'socket',
    },
  ],
  users: [
    { id: ANN, name: 'ann', real_name: 'Ann Lee', email: 'ann@vendor.example' },
    { id: BOB, name: 'bob', real_name: 'Bob Day', email: 'bob@vendor.example' },
    { id: ALICE, name: 'alice', real_name: 'Alice Adams', email: 'alice@acme.example' },
  ],
  channels: [
    { id: DESK, name: 'desk', members: ['U0BOT', ANN, BOB, ALICE] },
    { id: 'C0ACME', name: 'acme', members: ['U0BOT', ANN, BOB, ALICE] },
  ],
};

export type SlackMessage = {
  ts: string;
  text: string;
  user: string;
  thread_ts?: string;
  subtype?: string;
  ephemeral_to?: string;
  files?: { name: string }[];
  blocks?: {
    type: string;
    text?: { text: string };
    fields?: { text: string }[];
    elements?: { action_id: string; value: string; text: { text: string } }[];
  }[];
};

export type LocalSlack = Awaited<ReturnType<typeof startLocalSlack>>;

/** A Slack on this machine, with its people and channels. */
export async function startLocalSlack(workspace: object = WORKSPACE) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-slack-'));
  const config = join(folder, 'workspace.json');
  writeFileSync(config, JSON.stringify(workspace));
  const port = await freePort();
  const child = spawn(
    BINARY,
    ['--config', config, '--port', String(port), '--base-host', '127.0.0.1'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const url = `http://127.0.0.1:${port}`;
  await untilUp(child, url);
  const control = async (path: string, body?: object) => {
    const answer = await fetch(`${url}/_control${path}`, {
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return answer.json();
  };
  const page = new WebSocket(`ws://127.0.0.1:${port}/ui`);
  let views: { callback_id?: string; blocks: { block_id?: string }[] }[] = [];
  let viewErrors: Record<string, string> = {};
  const homes = new Map<string, { blocks: object[] }>();
  page.addEventListener('message', ({ data }) => {
    const event = JSON.parse(String(data));
    if (event.t === 'view') {
      views = event.stack ?? [];
      viewErrors = {};
    }
    if (event.t === 'view_errors') viewErrors = event.errors;
    if (event.t === 'home') homes.set(event.user, event.view);
  });
  await once(page, 'open');

  return {
    url,
    apiUrl: `${url}/api/`,
    control,
    messages: async (channel = DESK): Promise<SlackMessage[]> =>
      (await control(`/messages/${channel}`)).messages,
    /** The form that is open on top; null when there is none. */
    form: () => views.at(-1) ?? null,
    formErrors: () => viewErrors,
    homeOf: (user: string) => homes.get(user) ?? null,
    submit: (user: string, values: object) =>
      page.send(JSON.stringify({ t: 'view_submit', user, values })),
    async close() {
      page.close();
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The desk in Slack with the real database and the real flows; an ATS and a clock that a test sets. */
export async function startSlackDesk(
  slack: LocalSlack,
  patch: Partial<SlackDeskClickDeps> & { minGapMs?: number } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-slack-desk-'));
  const database = openDatabase(join(folder, 'waybill.sqlite'));
  const { db } = database;
  const clock = new MovableClock(START);
  const ats = new SettableAts();
  const log = new RecordingLog();
  const thread = new RecordingThread('web');
  const mailer = new RecordingMailer();
  const stores = {
    tickets: createTicketStore(db),
    exports: createExportRuns(db),
    links: createLinks(db),
    outbox: createOutbox(db),
    posts: createDeskPosts(db),
  };
  const queue = {
    start: async () => {},
    submit: async () => {},
    cancel: async () => {},
    close: async () => {},
  };
  const flowDeps = { ...stores, ats, clock, log, queue, source: createMemorySource({}) };
  const actions = createDeskActions(flowDeps);
  const app = createSlackApp(
    { botToken: 'xoxb-desk', appToken: 'xapp-desk', signingSecret: null, apiUrl: slack.apiUrl },
    { log, now: () => new Date() },
  );
  const deps: SlackDeskClickDeps = {
    ...stores,
    client: app.client,
    channel: DESK,
    ats,
    clock,
    log,
    actions,
    publicUrl: 'http://localhost:3000',
    approvers: [ANN, BOB],
    linksCsv: async (number) => ({
      fileName: `acme-${number}-links.csv`,
      content: Buffer.from('part,link\r\n'),
    }),
    verified: () => 'signed in to the web chat',
    linkChannel: async (_channel, accountId) => ({ ok: true, accountName: accountId }),
    ...patch,
  };
  const desk = createSlackDesk(deps, { minGapMs: patch.minGapMs ?? 0 });
  registerSlackDesk(app.bolt, deps);
  await app.start();
  const dispatcher = createDispatcher(
    { ...flowDeps, threads: [thread], desk, mailer },
    { text: (_number, text) => text, linksFile: async () => null, mail: async () => null },
  );

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

  /** The card of a ticket as it stands in Slack now. */
  async function card(number: number): Promise<SlackMessage> {
    const ts = stores.posts.find(number, 'card')?.ts;
    const found = (await slack.messages()).find((message) => message.ts === ts);
    if (!found) throw new Error(`There is no card of ticket ${number}.`);
    return found;
  }

  return {
    ...stores,
    ats,
    clock,
    log,
    thread,
    mailer,
    actions,
    desk,
    open,
    card,
    deps,
    app,
    drain: () => dispatcher.drain(),
    find: (number: number) => {
      const ticket = stores.tickets.find(number);
      if (!ticket) throw new Error(`There is no ticket ${number}.`);
      return ticket;
    },
    /** Presses a button of the card, which has to be there. */
    async click(number: number, actionId: string, user = ANN): Promise<void> {
      const message = await card(number);
      const button = buttonsOf(message).find(({ action_id }) => action_id === actionId);
      if (!button) throw new Error(`The card has no button ${actionId}.`);
      await slack.control('/interact', {
        channel: DESK,
        messageTs: message.ts,
        user,
        action: { type: 'button', action_id: actionId, value: button.value },
      });
    },
    async close() {
      await app.stop();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function buttonsOf(message: SlackMessage) {
  return (message.blocks ?? []).flatMap(({ type, elements }) =>
    type === 'actions' ? (elements ?? []) : [],
  );
}

/** All words of a card. */
export function wordsOf({ blocks = [] }: SlackMessage): string {
  return blocks
    .flatMap(({ text, fields, elements }) => [
      text?.text,
      ...(fields ?? []).map((field) => field.text),
      ...(elements ?? []).map((element) =>
        typeof element.text === 'string' ? element.text : element.text?.text,
      ),
    ])
    .join('\n');
}

/** Waits until something is so; clicks are answered by Slack before their effect is seen. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  for (let tries = 0; tries < 1_000; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error('It did not happen within 15 seconds.');
}

async function untilUp(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error('local-slack ended.');
    const up = await fetch(`${url}/_control/state`).catch(() => null);
    if (up?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('local-slack did not start.');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return address.port;
}
