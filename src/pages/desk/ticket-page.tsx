import { useEffect, useRef } from 'preact/hooks';
import type { DeskTicket } from '../../domain/desk-view.ts';
import { ActionDialog } from './action-dialog.tsx';
import { Building } from './building.tsx';
import { Checks } from './checks.tsx';
import { Downloads } from './downloads.tsx';
import { Content, Request } from './facts.tsx';
import { History } from './history.tsx';
import { openPlace, pathOf, placeProblem, selected, talk, ticket } from './state.ts';
import { Elsewhere, Talk } from './talk.tsx';
import { TalkPage } from './talk-page.tsx';
import { TicketHead } from './ticket-head.tsx';

/** The ticket or talk of the address, or what to do when there is none. */
export function TicketPage() {
  const place = selected.value;
  const path = pathOf(place);
  const box = useRef<HTMLDivElement>(null);

  // Something new begins at its top.
  useEffect(() => {
    box.current?.scrollTo(0, 0);
    document.title = place && 'ticket' in place ? `Ticket ${place.ticket} – Desk` : 'Desk';
  }, [path]);

  return (
    <div class="ticket" ref={box}>
      {place && (
        <button
          type="button"
          class="button button-quiet button-small back"
          onClick={() => openPlace(null)}
        >
          ← All tickets
        </button>
      )}
      {placeProblem.value && <p class="ticket-empty">{placeProblem.value}</p>}
      {!place && <p class="ticket-empty muted">Choose a ticket from the list.</p>}
      {!placeProblem.value && ticket.value && (
        <Ticket key={ticket.value.number} view={ticket.value} />
      )}
      {!placeProblem.value && talk.value && <TalkPage key={path} view={talk.value} />}
    </div>
  );
}

function Ticket({ view }: { view: DeskTicket }) {
  const { talk: words, elsewhere, events, notices, need, parts } = view;
  const said = (
    <>
      {words && <Talk talk={words} />}
      {elsewhere && <Elsewhere talk={elsewhere} />}
      <History events={events} notices={notices} />
    </>
  );
  // What the customer just said comes first when it is what waits for an answer.
  const saidFirst = need?.what === 'human' || need?.what === 'answer';
  return (
    <article class="ticket-inner" aria-labelledby="ticket-title">
      <TicketHead view={view} />
      <div class="panels">
        {saidFirst && said}
        {view.build && <Building build={view.build} />}
        {parts && <Downloads view={view} parts={parts} />}
        <Checks checks={view.card.checks} />
        <Content view={view} />
        <Request card={view.card} />
        {!saidFirst && said}
      </div>
      <ActionDialog />
    </article>
  );
}
