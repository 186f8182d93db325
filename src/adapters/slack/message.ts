import type { types } from '@slack/bolt';
import type { Choice } from '../../domain/message.ts';
import { CHOICE_ACTION } from './incoming.ts';
import { button, escapeText, fitBlocks, fitEscaped, LIMITS, rows } from './limits.ts';

const EVENT_TYPE = 'waybill';

/** A message of ours for chat.postMessage, with the key by which it is found again. */
export function messageOf(text: string, choices: readonly Choice[], key: string) {
  return {
    text: fitEscaped(text, LIMITS.messageText),
    ...(choices.length > 0 && { blocks: fitBlocks([...paragraphs(text), ...buttons(choices)]) }),
    metadata: { event_type: EVENT_TYPE, event_payload: { key } },
    // A preview would open the customer's links.
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** The key of one of our messages; null for all others. */
export function keyOf(message: { metadata?: unknown }): string | null {
  const { metadata } = message;
  if (typeof metadata !== 'object' || metadata === null) return null;
  if (!('event_type' in metadata) || metadata.event_type !== EVENT_TYPE) return null;
  const payload = 'event_payload' in metadata ? metadata.event_payload : null;
  if (typeof payload !== 'object' || payload === null || !('key' in payload)) return null;
  return typeof payload.key === 'string' ? payload.key : null;
}

/** A message of ours after somebody pressed one of its buttons: without buttons, with the answer. */
export function answeredMessage(text: string, name: string, words: string) {
  const said = fitEscaped(`${name}: ${words}`, LIMITS.text);
  const answer: types.KnownBlock = { type: 'context', elements: [{ type: 'mrkdwn', text: said }] };
  return {
    text: fitEscaped(text, LIMITS.messageText),
    blocks: fitBlocks([...paragraphs(text), answer]),
  };
}

/** No piece of a line is longer than Slack takes, even when all of it has to be escaped. */
const PIECE = /.{1,600}/gu;

/** Sections as long as Slack takes them, cut at line ends where there are any. */
function paragraphs(text: string): types.KnownBlock[] {
  const sections: string[] = [];
  const lines = text.toWellFormed().split('\n');
  for (const line of lines.flatMap((one) => one.match(PIECE) ?? [''])) {
    const last = sections.at(-1);
    const whole = last === undefined ? escapeText(line) : `${last}\n${escapeText(line)}`;
    if (last === undefined || whole.length > LIMITS.text) sections.push(escapeText(line));
    else sections.splice(-1, 1, whole);
  }
  return sections
    .filter((section) => section.trim() !== '')
    .map((section) => ({ type: 'section', text: { type: 'mrkdwn', text: section } }));
}

function buttons(choices: readonly Choice[]): types.KnownBlock[] {
  return rows(
    choices.map(({ label, text }, place) => button(`${CHOICE_ACTION}:${place}`, label, text)),
  );
}
