import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../../../ports/log.ts';
import type { Card } from './card.ts';
import { content } from './limits.ts';
import { type CardRequest, isCardSigned, readCardRequest } from './request.ts';

const BASE = '/webhooks/intercom/card';
const BODY_LIMIT_BYTES = 1024 * 1024;

export type CardRoutes = {
  appId: string;
  clientSecret: string;
  /** Where Intercom reaches this server. */
  publicUrl: string;
  card: Card;
  log: Log;
};

/**
 * The card inside the Messenger. `initialize` is asked when a teammate puts the card somewhere, so it says nothing but
 * where to ask; `content` is asked each time when somebody looks at it, `submit` when they press a button.
 */
export function registerCard(app: FastifyInstance, routes: CardRoutes): void {
  const { publicUrl, card } = routes;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    const answer = (path: string, act: (request: CardRequest) => Promise<object>) =>
      scope.post(`${BASE}/${path}`, { bodyLimit: BODY_LIMIT_BYTES }, (request, reply) =>
        handle(routes, request, reply, act),
      );
    answer('initialize', async () => ({ canvas: { content_url: `${publicUrl}${BASE}/content` } }));
    answer('content', async (request) => ({ content: content(await card.show(request)) }));
    answer('submit', async (request) => ({
      canvas: { content: content(await card.press(request)) },
    }));
  });
}

async function handle(
  { appId, clientSecret, log }: CardRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (request: CardRequest) => Promise<object>,
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const refuse = (status: number, error: string) => reply.code(status).send({ error });
  if (!isCardSigned(clientSecret, request.headers['x-body-signature'], body)) {
    return refuse(401, 'This request is not signed by Intercom.');
  }
  const asked = readCardRequest(readJson(body));
  if (!asked) return refuse(400, 'This request cannot be understood.');
  if (asked.appId !== appId) {
    log.warn({}, 'a card of another Intercom workspace was refused');
    return refuse(403, 'This workspace is not known here.');
  }
  return reply.send(await act(asked));
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
