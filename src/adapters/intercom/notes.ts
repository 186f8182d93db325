import { escapeHtml } from '../../domain/html.ts';
import { optionFacts } from '../../domain/options-words.ts';
import { sayName } from '../../domain/say-name.ts';
import { statusWords, type Ticket } from '../../domain/ticket.ts';

/** How teammates call the bot back, as a note in the conversation. */
const RESUME = '/waybill resume';
const RESUME_NOTE = /^\s*\/waybill\s+resume\b/i;

const MAX_QUOTES = 6;
const MAX_QUOTE_CHARS = 400;

export function isResume(text: string): boolean {
  return RESUME_NOTE.test(text);
}

/** The note on a new ticket. */
export function ticketNote(ticket: Ticket, publicUrl: string): string {
  return [
    `<p><b>${escapeHtml(`Data dump request ${ticket.number} for ${sayName(ticket.accountName)}`)}</b></p>`,
    list(factsOf(ticket)),
    deskLink(ticket, publicUrl),
    `<p>When one of you answers the customer here, the bot falls silent; the note <code>${RESUME}</code> calls it back.</p>`,
  ].join('');
}

/** The note for whoever takes over: what the ticket is, and what the customer has said. */
export function takeOverNote(
  ticket: Ticket | null,
  said: readonly string[],
  publicUrl: string,
): string {
  const about = ticket
    ? `Data dump request ${ticket.number} for ${sayName(ticket.accountName)}`
    : 'There is no ticket, and it was not checked who this is.';
  const quotes = said
    .slice(-MAX_QUOTES)
    .map((words) =>
      words.length > MAX_QUOTE_CHARS ? `${words.slice(0, MAX_QUOTE_CHARS)}…` : words,
    );
  return [
    `<p><b>The customer wants to talk to a person.</b> ${escapeHtml(about)}</p>`,
    ticket ? list(factsOf(ticket)) : '',
    quotes.length > 0 ? `<p>What they wrote:</p>${list(quotes)}` : '',
    ticket ? deskLink(ticket, publicUrl) : '',
    `<p>The bot is silent here until somebody writes the note <code>${RESUME}</code>.</p>`,
  ].join('');
}

function factsOf(ticket: Ticket): string[] {
  const { requester } = ticket;
  return [
    `Asked by ${sayName(requester.name)} (${requester.email})`,
    `Status: ${statusWords(ticket.status)}`,
    ...optionFacts(ticket.options, []).map(({ label, value }) => `${label}: ${value}`),
    ...ticket.checks.filter(({ ok }) => !ok).map(({ text }) => `Check: ${text}`),
  ];
}

function list(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
}

function deskLink({ number }: Ticket, publicUrl: string): string {
  const address = escapeHtml(`${publicUrl}/desk/${number}`);
  return `<p><a href="${address}">Open request ${number} at the desk</a></p>`;
}
