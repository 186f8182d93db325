import { beforeEach, expect, test } from 'vitest';
import { createExportRuns } from '../../db/exports.ts';
import { openDatabase } from '../../db/open.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { STATUSES, type Status } from '../../src/domain/ticket.ts';
import type { ExportRuns } from '../../src/ports/exports.ts';
import type { TicketStore } from '../../src/ports/tickets.ts';
import { newTicket } from '../support/tickets.ts';

const now = new Date('2026-03-02T10:00:00Z');
let tickets: TicketStore;
let exports: ExportRuns;

beforeEach(() => {
  const { db } = openDatabase(':memory:');
  tickets = createTicketStore(db);
  exports = createExportRuns(db);
});

/** A ticket with two exports, of which it names the second. */
function withExports(status: Status): number {
  const done = tickets.commit({ open: newTicket(now, { status, exportId: 'new' }) }, now);
  if (!done.ok || !done.ticket) throw new Error('not opened');
  const { number } = done.ticket;
  exports.start({ id: 'old', ticketNumber: number }, now);
  exports.start({ id: 'new', ticketNumber: number }, new Date(now.getTime() + 1000));
  return number;
}

test.each(STATUSES)('of a ticket that is %s', (status) => {
  const ticketNumber = withExports(status);
  const over = ['purged', 'rejected', 'cancelled'].includes(status);
  const replaced = ['delivered', 'expired'].includes(status);
  const expected = over ? ['old', 'new'] : replaced ? ['old'] : [];
  expect(tickets.unneededExports()).toEqual(
    expected.map((exportId) => ({ exportId, ticketNumber })),
  );
});

test('what is removed does not come again', () => {
  withExports('cancelled');
  exports.end('old', 'removed', now);
  expect(tickets.unneededExports().map(({ exportId }) => exportId)).toEqual(['new']);
});
