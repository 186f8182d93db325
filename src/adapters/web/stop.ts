import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Language } from '../../domain/language.ts';
import { ensureSecureHeaders } from './headers.ts';
import { ensurePageStyle, sendHtml } from './page.ts';
import { type StopView, stopPageHtml, stopRefusalHtml } from './stop-html.ts';

/** What there is to stop, or one sentence on why this link does not do that. */
export type StopAnswer =
  | { ok: true; language: Language; view: StopView }
  | { ok: false; language: Language; reason: string };

export type StopDeps = {
  /** Changes nothing. */
  show(token: string): Promise<StopAnswer>;
  /** Stops the export; a second time changes nothing. */
  stop(token: string): Promise<StopAnswer>;
  /** Where browsers reach this server, without a slash at the end. */
  publicUrl: string;
};

const FORM_LIMIT_BYTES = 1024;

/**
 * Serves the page on which an admin stops an export, `/stop/<token>`. Opening it changes nothing, because mail
 * programs open links by themselves; the button on it does.
 */
export function registerStop(app: FastifyInstance, deps: StopDeps): void {
  ensureSecureHeaders(app, deps);
  ensurePageStyle(app);
  app.register(async (scope) => {
    // The form has no fields: the token in its address says all.
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES },
      (_request, _body, done) => done(null, null),
    );
    scope.route<{ Params: { '*': string } }>({
      method: ['GET', 'HEAD'],
      url: '/stop/*',
      logLevel: 'silent',
      handler: async ({ params }, reply) => answer(reply, await deps.show(params['*'])),
    });
    scope.route<{ Params: { '*': string } }>({
      method: 'POST',
      url: '/stop/*',
      logLevel: 'silent',
      handler: async ({ params }, reply) => answer(reply, await deps.stop(params['*'])),
    });
  });
}

function answer(reply: FastifyReply, stop: StopAnswer): FastifyReply {
  return stop.ok
    ? sendHtml(reply, 200, { ...stopPageHtml(stop.language, stop.view), hasForm: true })
    : sendHtml(reply, 404, stopRefusalHtml(stop.language, stop.reason));
}
