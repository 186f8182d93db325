import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

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

/** Answers with a built page: the folder of that name in `src/pages`. */
export async function sendPage(reply: FastifyReply, page: string): Promise<FastifyReply> {
  const html = await readFile(join(BUILT, page, 'index.html')).catch(() => null);
  if (html) return reply.type('text/html; charset=utf-8').send(html);
  return reply
    .code(503)
    .type('text/plain; charset=utf-8')
    .send('This page is not built yet. Run `npm run build`, then start Waybill again.\n');
}
