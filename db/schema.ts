import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Approval } from '../src/domain/approval.ts';
import type { Awaiting } from '../src/domain/conversation.ts';
import type { Language } from '../src/domain/language.ts';
import type { AttachmentRef, Choice, DeskNotice, Outgoing } from '../src/domain/message.ts';
import type { ExportOptions } from '../src/domain/options.ts';
import type { Plan, Progress, Receipt } from '../src/domain/plan.ts';
import type {
  Cause,
  Check,
  Estimate,
  HistoryEntry,
  LegalHold,
  Requester,
  Status,
} from '../src/domain/ticket.ts';
import type { ChatMessage, Upload } from '../src/ports/chat-log.ts';
import type { ExportFile, ExportRun } from '../src/ports/exports.ts';

const at = (name: string) => integer(name, { mode: 'timestamp_ms' });

export const tickets = sqliteTable(
  'tickets',
  {
    number: integer('number').primaryKey({ autoIncrement: true }),
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    requester: text('requester', { mode: 'json' }).$type<Requester>().notNull(),
    thread: text('thread').notNull(),
    language: text('language').$type<Language>().notNull().default('en'),
    status: text('status').$type<Status>().notNull(),
    statusChangedAt: at('status_changed_at').notNull(),
    options: text('options', { mode: 'json' }).$type<ExportOptions>().notNull(),
    checks: text('checks', { mode: 'json' }).$type<Check[]>().notNull(),
    estimate: text('estimate', { mode: 'json' }).$type<Estimate>(),
    confirmedAt: at('confirmed_at'),
    approval: text('approval', { mode: 'json' }).$type<Approval>(),
    promisedAt: at('promised_at'),
    exportId: text('export_id'),
    deliveredAt: at('delivered_at'),
    expiresAt: at('expires_at'),
    purgedAt: at('purged_at'),
    legalHold: text('legal_hold', { mode: 'json' }).$type<LegalHold>(),
    selfServiceExtensions: integer('self_service_extensions').notNull(),
    extensionAskedHours: integer('extension_asked_hours'),
    warnedHours: integer('warned_hours'),
    nudgedAt: at('nudged_at'),
    delayToldAt: at('delay_told_at'),
    reason: text('reason'),
    cause: text('cause', { mode: 'json' }).$type<Cause>(),
    createdAt: at('created_at').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [
    index('tickets_status').on(t.status),
    index('tickets_account').on(t.accountId),
    index('tickets_thread').on(t.thread),
  ],
);

/** Append-only: triggers in the migration refuse updates and deletes. */
export const history = sqliteTable(
  'history',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ticketNumber: integer('ticket_number')
      .notNull()
      .references(() => tickets.number),
    at: at('at').notNull(),
    actor: text('actor').notNull(),
    event: text('event').notNull(),
    detail: text('detail', { mode: 'json' }).$type<HistoryEntry['detail']>().notNull(),
  },
  (t) => [index('history_ticket').on(t.ticketNumber)],
);

export const conversations = sqliteTable('conversations', {
  thread: text('thread').primaryKey(),
  email: text('email').notNull(),
  accountId: text('account_id'),
  language: text('language').$type<Language>(),
  awaiting: text('awaiting', { mode: 'json' }).$type<Awaiting>(),
  misses: integer('misses').notNull(),
  humanSince: at('human_since'),
});

export const inbox = sqliteTable('inbox', {
  id: text('id').primaryKey(),
  receivedAt: at('received_at').notNull(),
});

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ticketNumber: integer('ticket_number'),
    lane: text('lane').notNull(),
    outgoing: text('outgoing', { mode: 'json' }).$type<Outgoing>().notNull(),
    state: text('state').$type<'waiting' | 'sent' | 'set_aside'>().notNull(),
    attempts: integer('attempts').notNull(),
    notBefore: at('not_before').notNull(),
    leaseUntil: at('lease_until'),
    createdAt: at('created_at').notNull(),
    sentAt: at('sent_at'),
    lastError: text('last_error'),
  },
  (t) => [index('outbox_waiting').on(t.lane, t.id).where(sql`${t.state} = 'waiting'`)],
);

export const exportRuns = sqliteTable(
  'export_runs',
  {
    id: text('id').primaryKey(),
    ticketNumber: integer('ticket_number').notNull(),
    status: text('status').$type<ExportRun['status']>().notNull(),
    plan: text('plan', { mode: 'json' }).$type<Plan>(),
    progress: text('progress', { mode: 'json' }).$type<Progress>(),
    progressAt: at('progress_at'),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [index('export_runs_ticket').on(t.ticketNumber)],
);

export const receipts = sqliteTable(
  'receipts',
  {
    exportId: text('export_id').notNull(),
    number: integer('number').notNull(),
    receipt: text('receipt', { mode: 'json' }).$type<Receipt>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exportId, t.number] })],
);

export const links = sqliteTable(
  'links',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull(),
    ticketNumber: integer('ticket_number').notNull(),
    exportId: text('export_id').notNull(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    file: text('file', { mode: 'json' }).$type<ExportFile>().notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    uniqueIndex('links_file').on(t.exportId, t.name),
    index('links_ticket').on(t.ticketNumber),
  ],
);

export const downloads = sqliteTable(
  'downloads',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    linkId: text('link_id')
      .notNull()
      .references(() => links.id),
    at: at('at').notNull(),
    start: integer('start').notNull(),
    sentBytes: integer('sent_bytes').notNull(),
    from: text('from').notNull(),
    userAgent: text('user_agent').notNull(),
    via: text('via'),
  },
  (t) => [index('downloads_link').on(t.linkId)],
);

export const chatMessages = sqliteTable(
  'chat_messages',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    thread: text('thread').notNull(),
    key: text('key').notNull(),
    at: at('at').notNull(),
    author: text('author').$type<ChatMessage['author']>().notNull(),
    name: text('name').notNull(),
    text: text('text').notNull(),
    language: text('language').$type<Language>(),
    choices: text('choices', { mode: 'json' }).$type<Choice[]>().notNull(),
    attachment: text('attachment', { mode: 'json' }).$type<AttachmentRef>(),
    uploads: text('uploads', { mode: 'json' }).$type<Upload[]>().notNull(),
  },
  (t) => [uniqueIndex('chat_messages_key').on(t.thread, t.key)],
);

export const deskNotices = sqliteTable(
  'desk_notices',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ticketNumber: integer('ticket_number').notNull(),
    key: text('key').notNull(),
    at: at('at').notNull(),
    level: text('level').$type<DeskNotice['level']>().notNull(),
    text: text('text').notNull(),
  },
  (t) => [uniqueIndex('desk_notices_key').on(t.ticketNumber, t.key)],
);

/** Messages of a desk in a chat service. Channel and ts are null while it is not known whether the message was posted. */
export const deskPosts = sqliteTable(
  'desk_posts',
  {
    ticketNumber: integer('ticket_number').notNull(),
    key: text('key').notNull(),
    begunAt: at('begun_at').notNull(),
    channel: text('channel'),
    ts: text('ts'),
  },
  (t) => [primaryKey({ columns: [t.ticketNumber, t.key] })],
);

export const scheduleRuns = sqliteTable('schedule_runs', {
  job: text('job').primaryKey(),
  lastRunAt: at('last_run_at').notNull(),
});

/** How far the clock was moved, in sample mode. One row at the most. */
export const clockOffset = sqliteTable('clock_offset', {
  id: integer('id').primaryKey(),
  ms: integer('ms').notNull(),
});
