import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Html, html } from '../../domain/html.ts';
import { type Language, langTag } from '../../domain/language.ts';

const DONE = Symbol('page style');
const YEAR_SECONDS = 365 * 24 * 3600;

/** The pages that the server renders itself look like the others: the same colours and controls. */
const STYLE_FILES = ['tokens.css', 'base.css', 'controls.css'];
const STYLE = [
  ...STYLE_FILES.map((name) => readFile(`../../pages/shared/${name}`)),
  readFile('page.css'),
]
  .join('\n')
  .replaceAll(/^@import .*$/gm, '');
const ICON = readFile('../../pages/shared/icon.svg');

const STYLE_PATH = `/page-${hashOf(STYLE)}.css`;
const ICON_PATH = `/page-${hashOf(ICON)}.svg`;

/** Serves what the server-rendered pages link to. Safe to repeat. */
export function ensurePageStyle(app: FastifyInstance): void {
  if (app.hasDecorator(DONE)) return;
  app.decorate(DONE, true);
  const serve = (path: string, type: string, text: string) =>
    app.get(path, (_request, reply) =>
      reply
        .header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`)
        .type(type)
        .send(text),
    );
  serve(STYLE_PATH, 'text/css; charset=utf-8', STYLE);
  serve(ICON_PATH, 'image/svg+xml', ICON);
}

/** Answers with a page that works without script. Pages behind a token are for nobody's cache, index or referrer. */
export function sendHtml(
  reply: FastifyReply,
  status: number,
  page: { title: string; body: Html; hasForm?: boolean; language?: Language; head?: Html | null },
): FastifyReply {
  keepPrivate(reply);
  // With `no-referrer` browsers send `Origin: null` for a form of our own.
  if (page.hasForm) reply.header('referrer-policy', 'same-origin');
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(layout(page.language ?? 'en', page.title, page.body, page.head ?? null).html);
}

/** What goes with every answer to a URL that holds a token. */
export function keepPrivate(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  });
}

function layout(language: Language, title: string, body: Html, head: Html | null): Html {
  return html`<!doctype html>
<html lang="${langTag(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
<link rel="stylesheet" href="${STYLE_PATH}">
${head}</head>
<body class="page">
<main class="sheet">
${body}
</main>
</body>
</html>
`;
}

function readFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
