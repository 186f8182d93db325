import { useEffect, useRef } from 'preact/hooks';
import type { DeskTicket } from '../../domain/desk-view.ts';
import { ActionDialog } from './action-dialog.tsx';
import { Building } from './building.tsx';
import { Checks } from './checks.tsx';
import { Downloads } from './downloads.tsx';
import { Content, Request } from './facts.tsx';
import { History } from './history.tsx';
import { openTicket, selected, ticket, ticketProblem } from './state.ts';
import { Talk } from './talk.tsx';
import { TicketHead } from './ticket-head.tsx';

/** The ticket of the address, or what to do when there is none. */
export function TicketPage() {
  const view = ticket.value;
  const box = useRef<HTMLDivElement>(null);
  const number = view?.number;

  // A new ticket begins at its top.
  useEffect(() => {
    box.current?.scrollTo(0, 0);
    document.title = number === undefined ? 'Desk' : `Ticket ${number} – Desk`;
  }, [number]);

  return (
    <div class="ticket" ref={box}>
      {selected.value !== null && (
        <button
          type="button"
          class="button button-quiet button-small back"
          onClick={() => openTicket(null)}
        >
          ← All tickets
        </button>
      )}
      {ticketProblem.value && <p class="ticket-empty">{ticketProblem.value}</p>}
      {selected.value === null && <p class="ticket-empty muted">Choose a ticket from the list.</p>}
      {view && !ticketProblem.value && <Ticket key={view.number} view={view} />}
    </div>
  );
}

function Ticket({ view }: { view: DeskTicket }) {
  return (
    <article class="ticket-inner" aria-labelledby="ticket-title">
      <TicketHead view={view} />
      <div class="panels">
        {view.build && <Building build={view.build} />}
        {view.parts && <Downloads view={view} parts={view.parts} />}
        <Checks checks={view.card.checks} />
        <Content view={view} />
        <Request card={view.card} />
        {view.talk && <Talk view={view} talk={view.talk} />}
        <History events={view.events} notices={view.notices} />
      </div>
      <ActionDialog />
    </article>
  );
}
