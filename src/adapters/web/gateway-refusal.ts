import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../domain/html.ts';
import { downloadPage as say } from '../../domain/phrases/download.ts';
import { browserLanguage } from './export-page-language.ts';
import { keepPrivate, sendHtml } from './page.ts';

/**
 * The one answer to every link that does not work. It never says which of the reasons it is: whoever guesses learns
 * nothing, and the next step is the same.
 */
export function refuseLink(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = browserLanguage(request) ?? 'en';
  const [title, why, next] = (['refused.title', 'refused.why', 'refused.next'] as const).map(
    (key) => say(language, key),
  ) as [string, string, string];
  reply.header('vary', 'accept, accept-language');
  if (!wantsHtml(request)) {
    return keepPrivate(reply)
      .code(404)
      .type('text/plain; charset=utf-8')
      .send(`${title}.\n${why}\n${next}\n`);
  }
  return sendHtml(reply, 404, {
    title,
    language,
    body: html`<section class="card sheet-narrow">
<h1>${title}</h1>
<p>${why}</p>
<p>${next}</p>
<p><a href="/">${say(language, 'chat')}</a></p>
</section>`,
  });
}

/** Browsers name HTML when somebody follows a link; download tools do not. */
function wantsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}
