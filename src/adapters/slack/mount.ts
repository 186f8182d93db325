import type { FastifyInstance } from 'fastify';
import type { HttpReceiver } from './http-receiver.ts';

/** Slack's largest payload is a view of 250 KB, escaped in a form. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** POST /slack/events, for events, clicks, modals and commands. The signature covers the bytes, so nothing parses them before. */
export function registerSlackEvents(app: FastifyInstance, receiver: HttpReceiver): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    scope.post('/slack/events', { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const answer = await receiver.handle({ headers: request.headers, body });
      return reply.code(answer.status).type(answer.contentType).send(answer.body);
    });
  });
}
