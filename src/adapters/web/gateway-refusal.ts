import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../domain/html.ts';
import { keepPrivate, sendHtml } from './page.ts';

const TITLE = 'This link does not work';
const SENTENCES = [
  'It is not complete, or it no longer works.',
  'Please ask in the support chat for more time or for a new list of links; it takes a minute.',
];
const TEXT = `${TITLE}.\n${SENTENCES.join('\n')}\n`;

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
${SENTENCES.map((sentence) => html`<p>${sentence}</p>\n`)}</section>`,
  });
}

/** Browsers name HTML when somebody follows a link; download tools do not. */
export function wantsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}
