import { DESK_ACTION_WORDS, type DeskAction } from '../../domain/desk-actions.ts';
import type { DeskTicket } from '../../domain/desk-view.ts';
import { askFor } from './action-dialog.tsx';
import { When } from './when.tsx';

const BADGES = {
  decide: 'badge-warn',
  wait: 'badge-info',
  busy: 'badge-info',
  good: 'badge-ok',
  bad: 'badge-danger',
  over: '',
} as const;

/** What it is, how it stands, and what can be done. */
export function TicketHead({ view }: { view: DeskTicket }) {
  const { card, need } = view;
  return (
    <header class="ticket-head">
      <p class="ticket-state">
        <span class={`badge ${BADGES[card.tone]}`}>{card.status}</span>
        {need?.late && <span class="badge badge-danger">late</span>}
        {(view.talk ?? view.elsewhere)?.humanSince && (
          <span class="badge badge-warn">with a person</span>
        )}
        <span class="muted small">
          <When at={need?.since ?? view.statusChangedAt} />
        </span>
      </p>
      <h1 id="ticket-title" tabIndex={-1} dir="auto">
        {card.title}
      </h1>
      <p class="headline">
        {card.headline}
        {need && SAID_BESIDE.includes(need.what) && <strong> The customer {need.text}.</strong>}
      </p>
      {card.actions.length > 0 && (
        <fieldset class="actions">
          <legend class="visually-hidden">Decide</legend>
          {card.actions.map((action) => (
            <button
              key={action}
              type="button"
              class={`button ${lookOf(action, view)}`}
              onClick={() => askFor(action, view)}
            >
              {DESK_ACTION_WORDS[action]}
            </button>
          ))}
        </fieldset>
      )}
    </header>
  );
}

/** Needs that the headline, which speaks of the status, does not say. */
const SAID_BESIDE: readonly string[] = ['human', 'answer'];

/** What the desk is asked to do stands out; what ends the request looks like it. */
function lookOf(action: DeskAction, { need, card }: DeskTicket): string {
  if (action === 'approve') return 'button-primary';
  if (action === 'extend' && need?.what === 'extension') return 'button-primary';
  if (action === 'rebuild' && card.tone === 'bad') return 'button-primary';
  return action === 'reject' || action === 'cancel' ? 'button-danger' : '';
}
