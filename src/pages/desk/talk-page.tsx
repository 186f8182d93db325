import type { DeskTalkPage } from '../../domain/desk-view.ts';
import { openPlace } from './state.ts';
import { Human, Talk } from './talk.tsx';
import { When } from './when.tsx';

/** A talk that has no ticket, because the customer wants a person first. */
export function TalkPage({ view }: { view: DeskTalkPage }) {
  const { email, accountId, humanSince, talk, thread, tickets } = view;
  return (
    <article class="ticket-inner" aria-labelledby="ticket-title">
      <header class="ticket-head">
        <p class="ticket-state">
          <span class={`badge ${humanSince ? 'badge-warn' : 'badge-info'}`}>
            {humanSince ? 'with a person' : 'with the bot'}
          </span>
          {humanSince && (
            <span class="muted small">
              <When at={humanSince} />
            </span>
          )}
        </p>
        <h1 id="ticket-title" tabIndex={-1}>
          Talk with <bdi>{email || 'somebody unknown'}</bdi>
        </h1>
        <p class="headline">
          {accountId ? `About the account ${accountId}.` : 'No account was named yet.'}{' '}
          {tickets.length === 0 && 'There is no ticket in this talk.'}
        </p>
        {tickets.length > 0 && (
          <p class="actions">
            {tickets.map((number) => (
              <button
                key={number}
                type="button"
                class="button"
                onClick={() => openPlace({ ticket: number })}
              >
                Ticket {number}
              </button>
            ))}
          </p>
        )}
      </header>
      {talk ? <Talk talk={talk} /> : <Elsewhere thread={thread} humanSince={humanSince} />}
    </article>
  );
}

function Elsewhere({ thread, humanSince }: { thread: string; humanSince: string | null }) {
  return (
    <>
      <p>This customer writes elsewhere; please answer there.</p>
      {humanSince && <Human thread={thread} since={humanSince} />}
    </>
  );
}
