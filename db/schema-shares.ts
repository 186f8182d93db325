import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const at = (name: string) => integer(name, { mode: 'timestamp_ms' });

/** Colleagues with whom a download page is shared. The token in their link is derived from the id. */
export const shares = sqliteTable(
  'shares',
  {
    id: text('id').primaryKey(),
    ticketNumber: integer('ticket_number').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    sharedBy: text('shared_by').notNull(),
    sharedAt: at('shared_at').notNull(),
    revokedAt: at('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (t) => [index('shares_ticket').on(t.ticketNumber)],
);
