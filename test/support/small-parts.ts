import { join } from 'node:path';
import { openDatabase } from '../../db/open.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { amend, type Ticket } from '../../src/domain/ticket.ts';

/** Gives the newest ticket parts that nobody may ask for, so that a small sample has many. Beside a running bot. */
export function withSmallParts(dataDir: string, partSizeBytes: number): Ticket {
  const { db, close } = openDatabase(join(dataDir, 'waybill.sqlite'));
  try {
    const tickets = createTicketStore(db);
    const [ticket] = tickets.list({});
    if (!ticket) throw new Error('There is no ticket.');
    const now = new Date();
    const options = { ...ticket.options, partSizeBytes };
    const step = amend(ticket, 'change_options', { now, actor: 'desk:test' }, { options });
    const done = tickets.commit({ ticket: step, history: [step.entry] }, now);
    if (!done.ok || !done.ticket) throw new Error('The ticket was changed at the same moment.');
    return done.ticket;
  } finally {
    close();
  }
}
