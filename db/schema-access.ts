import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { GrantHours, GrantStatus } from '../src/domain/grant.ts';
import type { Language } from '../src/domain/language.ts';
import type { HistoryEntry, Requester } from '../src/domain/ticket.ts';

/** Temporary access to the platform. */

const at = (name: string) => integer(name, { mode: 'timestamp_ms' });

export const grants = sqliteTable(
  'grants',
  {
    number: integer('number').primaryKey({ autoIncrement: true }),
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    requester: text('requester', { mode: 'json' }).$type<Requester>().notNull(),
    thread: text('thread').notNull(),
    language: text('language').$type<Language>().notNull(),
    reason: text('reason').notNull(),
    askedHours: integer('asked_hours').$type<GrantHours>().notNull(),
    status: text('status').$type<GrantStatus>().notNull(),
    statusChangedAt: at('status_changed_at').notNull(),
    hours: integer('hours').$type<GrantHours>(),
    decidedBy: text('decided_by'),
    denial: text('denial'),
    beganAt: at('began_at'),
    endsAt: at('ends_at'),
    endedAt: at('ended_at'),
    warnedAt: at('warned_at'),
    failures: integer('failures').notNull(),
    nextTryAt: at('next_try_at'),
    lastError: text('last_error'),
    alarmedAt: at('alarmed_at'),
    createdAt: at('created_at').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [index('grants_status').on(t.status), index('grants_account').on(t.accountId)],
);

/** Append-only: triggers in the migration refuse updates and deletes. */
export const grantHistory = sqliteTable(
  'grant_history',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    grantNumber: integer('grant_number')
      .notNull()
      .references(() => grants.number),
    at: at('at').notNull(),
    actor: text('actor').notNull(),
    event: text('event').notNull(),
    detail: text('detail', { mode: 'json' }).$type<HistoryEntry['detail']>().notNull(),
  },
  (t) => [index('grant_history_grant').on(t.grantNumber)],
);
