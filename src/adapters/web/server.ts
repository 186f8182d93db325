import cookie from '@fastify/cookie';
import { type FastifyError, type FastifyInstance, fastify } from 'fastify';
import type { Log } from '../../ports/log.ts';

const NOTHING_HERE = { error: 'There is nothing at this address.' };
const BODY_LIMIT_BYTES = 256 * 1024;

/** An HTTP server that answers errors with one sentence and never with a stack trace. */
export async function createServer(log: Log): Promise<FastifyInstance> {
  const app = fastify({
    // URLs of this server carry tokens: what a route does is logged by the route, without them.
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: 'loopback',
    forceCloseConnections: true,
    // An address that cannot even be read; Fastify's own answer would repeat it.
    frameworkErrors: (_error, _request, { raw }) => {
      raw.writeHead(404, { 'content-type': 'application/json; charset=utf-8' });
      raw.end(JSON.stringify(NOTHING_HERE));
    },
  });
  await app.register(cookie);

  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: sentenceFor(status, error) });
    log.error({ error }, 'request failed');
    return reply
      .code(500)
      .send({ error: 'Something went wrong on our side. Please try again in a minute.' });
  });

  app.setNotFoundHandler((_request, reply) => reply.code(404).send(NOTHING_HERE));

  app.get('/healthz', async () => ({ ok: true }));
  return app;
}

function sentenceFor(status: number, error: FastifyError): string {
  if (status === 413) return 'This is too large. Please send less at once.';
  if (status === 415) return 'This kind of content is not understood here.';
  if (status === 429) return 'That was a lot at once. Please wait a minute and try again.';
  // Fastify's own texts name parser internals; ours are written for people.
  if (error.code?.startsWith('FST_')) return 'This request cannot be understood.';
  return error.message;
}
