import EmailReplyParser from 'email-reply-parser';
import { compile, type HtmlToTextOptions } from 'html-to-text';
import { cleanText } from '../../domain/chat-text.ts';
import { LIMITS } from '../../domain/chat-view.ts';
import { escapeHtml } from '../../domain/html.ts';

/** Nobody writes more; what is longer is a file's content, or is meant to keep us busy. */
const MAX_HTML_CHARS = 100_000;
/** Patterns of quotes and signatures take long on long lines, and nobody quotes or signs in one. */
const MAX_LINE_CHARS = 1_000;
const MAX_PARSED_CHARS = 4_000;

const BASE: HtmlToTextOptions = {
  wordwrap: false,
  limits: { ellipsis: '', maxDepth: 40, maxChildNodes: 5_000 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '• ' } },
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
  ],
};

/** Where mail programs put what an answer answers to. */
const QUOTES = [
  'blockquote',
  '.gmail_quote',
  '.gmail_signature',
  '.yahoo_quoted',
  '.moz-cite-prefix',
  '.moz-signature',
  '#divRplyFwdMsg',
  '#appendonsend',
  '#Signature',
];

const whole = compile(BASE);
const withoutQuotes = compile({
  ...BASE,
  selectors: [
    ...(BASE.selectors ?? []),
    ...QUOTES.map((selector) => ({ selector, format: 'skip' })),
  ],
});
const bare = compile({
  ...BASE,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
  ],
});

/**
 * What somebody wrote, in plain text as the web chat takes it: without markup, quoted history and signature. When
 * nothing would be left, all of it is taken.
 */
export function toPlainText(body: string): string {
  const html = asHtml(body);
  const text = withoutQuotes(html).replace(/\n{3,}/g, '\n\n');
  return readable(lastReply(text)) || readable(text) || readable(whole(html));
}

/** The letters of a text and nothing else, so that it is known again whatever Intercom made of its markup. */
export function lettersOf(html: string): string {
  return bare(html)
    .normalize('NFC')
    .replace(/[\s•*]+/g, '');
}

/** Some channels give plain text, whose lines are lines. */
function asHtml(body: string): string {
  const html = body.slice(0, MAX_HTML_CHARS);
  return /<[a-z!/]/i.test(html) ? html : html.replaceAll('\n', '<br>');
}

/** The text before what it answers to. */
function lastReply(text: string): string {
  const head = text.slice(0, MAX_PARSED_CHARS);
  if (head.split('\n').some((line) => line.length > MAX_LINE_CHARS)) return text;
  const visible = new EmailReplyParser().read(head).getVisibleText();
  return visible.trim().length < head.trim().length ? visible : text;
}

function readable(text: string): string {
  const clean = cleanText(text.slice(0, LIMITS.textChars));
  return clean.ok ? clean.text : '';
}

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;
const BULLET = /^• /;

/** A text of ours as Intercom shows it: paragraphs, lists, links; everything else is shown as it was typed. */
export function toHtml(text: string): string {
  return text
    .toWellFormed()
    .split(/\n{2,}/)
    .flatMap(blocksOf)
    .join('');
}

/** Lines that stand together: those with a bullet are a list, the others a paragraph. */
function blocksOf(lines: string): string[] {
  const runs: { isList: boolean; lines: string[] }[] = [];
  for (const line of lines.split('\n')) {
    const isList = BULLET.test(line);
    const last = runs.at(-1);
    if (last?.isList === isList) last.lines.push(line);
    else runs.push({ isList, lines: [line] });
  }
  return runs.map(({ isList, lines: own }) =>
    isList
      ? `<ul>${own.map((line) => `<li>${inline(line.replace(BULLET, ''))}</li>`).join('')}</ul>`
      : `<p>${own.map(inline).join('<br>')}</p>`,
  );
}

function inline(line: string): string {
  let at = 0;
  let html = '';
  for (const { 0: url, index } of line.matchAll(LINK)) {
    const address = escapeHtml(url);
    html += `${escapeHtml(line.slice(at, index))}<a href="${address}">${address}</a>`;
    at = index + url.length;
  }
  return html + escapeHtml(line.slice(at));
}
