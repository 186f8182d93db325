import type { FastifyInstance } from 'fastify';
import type { Arrivals } from '../../ports/arrivals.ts';
import type { Log } from '../../ports/log.ts';
import { readNotification } from './notification.ts';
import { isSigned } from './signature.ts';

const PATH = '/webhooks/intercom';
const BODY_LIMIT_BYTES = 1024 * 1024;

export type WebhookDeps = {
  appId: string;
  clientSecret: string;
  arrivals: Pick<Arrivals, 'keep'>;
  /** Something of this thread was kept. */
  look(thread: string): void;
  now: () => Date;
  log: Log;
};

/**
 * POST /webhooks/intercom: what Intercom tells is checked, kept and answered; everything else happens afterwards. The
 * signature covers the bytes, so nothing parses them before. HEAD and GET are answered because Intercom looks with
 * HEAD whether the address is there.
 */
export function registerIntercomWebhook(app: FastifyInstance, deps: WebhookDeps): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    scope.get(PATH, async () => ({ ok: true }));
    scope.post(PATH, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { status, answer } = take(deps, request.headers['x-hub-signature'], body);
      return reply.code(status).send(answer);
    });
  });
}

type Answer = { status: number; answer: { ok: true } | { error: string } };

function take(deps: WebhookDeps, signature: string | string[] | undefined, body: Buffer): Answer {
  if (!isSigned(deps.clientSecret, signature, body)) {
    return refuse(401, 'This request is not signed by Intercom.');
  }
  const notification = readNotification(readJson(body));
  if (!notification) return refuse(400, 'This request cannot be understood.');
  const { appId, topic, id, incoming } = notification;
  if (appId !== deps.appId) {
    deps.log.warn({ topic }, 'a notification of another Intercom workspace was refused');
    return refuse(403, 'This workspace is not known here.');
  }
  if (!incoming) {
    deps.log.debug({ topic }, 'a notification of Intercom that nothing follows from');
    return { status: 200, answer: { ok: true } };
  }
  const arrival = { id: `intercom:${id}`, thread: incoming.thread, content: incoming };
  if (deps.arrivals.keep(arrival, deps.now())) deps.look(incoming.thread);
  return { status: 200, answer: { ok: true } };
}

function refuse(status: number, error: string): Answer {
  return { status, answer: { error } };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
