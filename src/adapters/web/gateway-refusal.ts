import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../domain/html.ts';
import { keepPrivate, sendHtml } from './page.ts';

const TITLE = 'This link does not work';
const WHY = 'It is not complete, or it no longer works.';
const TEXT = `${TITLE}.
${WHY}
Please ask in the support chat for more time or for a new list of links; it takes a minute.
`;

/**
 * The one answer to every link that does not work. It never says which of the reasons it is: whoever guesses learns
 * nothing, and the next step is the same.
 */
export function refuseLink(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('vary', 'accept');
  if (!wantsHtml(request)) {
    return keepPrivate(reply).code(404).type('text/plain; charset=utf-8').send(TEXT);
  }
  return sendHtml(reply, 404, {
    title: TITLE,
    body: html`<section class="card sheet-narrow">
<h1>${TITLE}</h1>
<p>${WHY}</p>
<p>Please ask in the <a href="/">support chat</a> for more time or for a new list of links; it takes a minute.</p>
</section>`,
  });
}

/** Browsers name HTML when somebody follows a link; download tools do not. */
function wantsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}
