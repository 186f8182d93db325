import type { types } from '@slack/bolt';
import type { TicketCard, Tone } from '../../../domain/card.ts';
import { DESK_ACTION_WORDS, type DeskAction } from '../../../domain/desk-actions.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { sayBytes, sayCount, sayDuration } from '../../../domain/words.ts';
import {
  button,
  facts,
  fitPlain,
  fitBlocks,
  header,
  LIMITS,
  paragraph,
  rows,
  small,
} from '../limits.ts';
import type { Building, CardFacts } from './card-facts.ts';
import { actionId, EXTEND_BY, EXTEND_HOURS, ticketValue } from './ids.ts';

/** A card as Slack takes it: the blocks, and the text for notifications. */
export type Card = { text: string; blocks: types.KnownBlock[] };

const TONE_SIGNS = {
  decide: '🔔',
  wait: '⏳',
  busy: '🏗️',
  good: '✅',
  bad: '🚨',
  over: '⚪',
} as const satisfies Record<Tone, string>;

const BAR_CELLS = 20;

/** The card of a ticket within Slack's limits, whatever stands in it. */
export function slackCard({ ticket, card, building }: CardFacts, publicUrl: string): Card {
  return {
    text: fitPlain(`${card.title}: ${card.status}. ${card.headline}`, LIMITS.text),
    blocks: fitBlocks([
      header(card.title),
      paragraph(`${TONE_SIGNS[card.tone]} ${said(card.status)}. ${card.headline}`),
      ...(building ? [paragraph(buildingText(building))] : []),
      ...facts(card.facts),
      ...facts(card.options),
      ...checks(card),
      ...buttons(ticket, card.actions),
      small(
        `Ticket ${ticket.number} · <${publicUrl}/desk/${ticket.number}|conversation, history and downloads on the web desk>`,
      ),
    ]),
  };
}

/** For example `▓▓▓▓░░░░ 42 %`, with parts, speed and time left below. */
export function buildingText({ progress, bytesPerSecond, secondsLeft }: Building): string {
  const { parts, bytes } = progress;
  const share = bytes.total > 0 ? Math.min(1, bytes.done / bytes.total) : 0;
  const full = Math.round(share * BAR_CELLS);
  const bar = '▓'.repeat(full) + '░'.repeat(BAR_CELLS - full);
  return [
    `${bar} ${Math.floor(share * 100)} %`,
    [
      `${parts.done} of ${sayCount(parts.total, 'part')}`,
      `${sayBytes(bytes.done)} of ${sayBytes(bytes.total)}`,
      ...(bytesPerSecond === null ? [] : [`${sayBytes(bytesPerSecond)} a second`]),
      ...(secondsLeft === null ? [] : [`about ${sayDuration(secondsLeft * 1000)} left`]),
    ].join(' · '),
  ].join('\n');
}

function checks({ checks: all }: TicketCard): types.KnownBlock[] {
  if (all.length === 0) return [];
  return [paragraph(all.map(({ ok, text }) => `${ok ? '✅' : '⚠️'} ${text}`).join('\n'))];
}

function buttons(ticket: Ticket, actions: readonly DeskAction[]): types.KnownBlock[] {
  const value = ticketValue(ticket);
  const asked = ticket.extensionAskedHours !== null;
  const plain = actions
    .filter((action) => !(asked && (action === 'extend' || action === 'refuse_extension')))
    .map((action) => button(actionId(action), DESK_ACTION_WORDS[action], value, styleOf(action)));
  return [...(asked ? extensionButtons(value) : []), ...rows(plain)];
}

/** An extension that was asked for is given by one click. */
function extensionButtons(value: string): types.KnownBlock[] {
  return rows([
    ...EXTEND_HOURS.map((hours) =>
      button(`${EXTEND_BY}${hours}`, `Give ${sayDuration(hours * 3_600_000)}`, value, 'primary'),
    ),
    button(actionId('extend'), 'Other…', value),
    button(actionId('refuse_extension'), 'Refuse…', value, 'danger'),
  ]);
}

function styleOf(action: DeskAction): 'primary' | 'danger' | undefined {
  if (action === 'approve') return 'primary';
  return action === 'reject' || action === 'cancel' ? 'danger' : undefined;
}

function said(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
