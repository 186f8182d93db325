import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Html, html } from '../../domain/html.ts';

/** Where `npm run build` puts the pages. */
const BUILT = fileURLToPath(new URL('../../pages/dist', import.meta.url));

const DONE = Symbol('assets');

/** Serves scripts, styles and icons of the built pages under `/assets`. Safe to repeat. */
export function ensureAssets(app: FastifyInstance): void {
  if (app.hasDecorator(DONE)) return;
  app.decorate(DONE, true);
  const root = join(BUILT, 'assets');
  if (!existsSync(root)) return;
  app.register(fastifyStatic, {
    root,
    prefix: '/assets/',
    decorateReply: false,
    // Their names hold a hash of their content.
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
}

const TAGS = new Map<string, Html | null>();

/**
 * The tags with which a page that the server renders loads a built page's script and style; null when nothing is built.
 * @param page the folder of that name in `src/pages`
 */
export async function pageTags(page: string): Promise<Html | null> {
  const known = TAGS.get(page);
  if (known !== undefined) return known;
  const built = await readFile(join(BUILT, page, 'index.html'), 'utf8').catch(() => '');
  const paths = [...built.matchAll(/(?:src|href)="(\/assets\/[\w./-]+\.(js|css))"/g)];
  const tags = paths.map(([, path = '', kind]) =>
    kind === 'css'
      ? html`<link rel="stylesheet" href="${path}">\n`
      : built.includes(`modulepreload" crossorigin href="${path}"`)
        ? html`<link rel="modulepreload" href="${path}">\n`
        : html`<script type="module" src="${path}"></script>\n`,
  );
  const made = paths.length > 0 ? html`${tags}` : null;
  TAGS.set(page, made);
  return made;
}

/** Answers with a built page: the folder of that name in `src/pages`. */
export async function sendPage(reply: FastifyReply, page: string): Promise<FastifyReply> {
  const html = await readFile(join(BUILT, page, 'index.html')).catch(() => null);
  if (html) return reply.type('text/html; charset=utf-8').send(html);
  return reply
    .code(503)
    .type('text/plain; charset=utf-8')
    .send('This page is not built yet. Run `npm run build`, then start Waybill again.\n');
}
