import type { Clock } from '../../ports/clock.ts';
import type { Desk } from '../../ports/desk.ts';
import type { DeskLog } from '../../ports/desk-log.ts';

/** The web desk. Its page is the card and reads the ticket itself; what is left to show is the notice. */
export function createWebDesk(deskLog: Pick<DeskLog, 'append'>, clock: Pick<Clock, 'now'>): Desk {
  return {
    async show(ticket, notice, key) {
      if (notice) deskLog.append(ticket.number, notice, key, clock.now());
    },
  };
}
