import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Identity, Proof } from '../src/ports/identity.ts';

/** Tables of chat services: what they told us, who people are, which channels belong to which account. */

const at = (name: string) => integer(name, { mode: 'timestamp_ms' });

/** What chat services told us. `content` is null once it was worked on. */
export const arrivals = sqliteTable(
  'arrivals',
  {
    number: integer('number').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    thread: text('thread').notNull(),
    content: text('content', { mode: 'json' }).$type<unknown>(),
    keptAt: at('kept_at').notNull(),
    doneAt: at('done_at'),
  },
  (t) => [
    index('arrivals_thread').on(t.thread),
    index('arrivals_waiting').on(t.number).where(sql`${t.doneAt} is null`),
  ],
);

/** People of chat services whose address was proven. */
export const identities = sqliteTable(
  'identities',
  {
    who: text('who').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    provenBy: text('proven_by').$type<Identity['provenBy']>().notNull(),
    provenAt: at('proven_at').notNull(),
  },
  (t) => [index('identities_email').on(t.email)],
);

/** People who are still to prove an address. */
export const identityProofs = sqliteTable(
  'identity_proofs',
  {
    who: text('who').primaryKey(),
    thread: text('thread').notNull(),
    request: text('request').notNull(),
    code: text('code', { mode: 'json' }).$type<StoredCode>(),
  },
  (t) => [index('identity_proofs_thread').on(t.thread)],
);

/** A code as JSON keeps it: the time in milliseconds. */
export type StoredCode = Omit<NonNullable<Proof['code']>, 'sentAt'> & { sentAtMs: number };

/** Codes that were asked for, to keep their number down. */
export const identityCodes = sqliteTable(
  'identity_codes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    who: text('who').notNull(),
    email: text('email').notNull(),
    at: at('at').notNull(),
  },
  (t) => [index('identity_codes_who').on(t.who), index('identity_codes_email').on(t.email)],
);

export const channelLinks = sqliteTable('channel_links', {
  channel: text('channel').primaryKey(),
  accountId: text('account_id').notNull(),
  mayHoldLinks: integer('may_hold_links', { mode: 'boolean' }).notNull(),
  linkedBy: text('linked_by').notNull(),
  linkedAt: at('linked_at').notNull(),
});
