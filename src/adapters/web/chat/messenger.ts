import type { FastifyInstance } from 'fastify';
import type { MessengerAnswer } from '../../../domain/chat-view.ts';
import { webThreadOf } from '../chat-thread.ts';
import { sendPage } from '../pages.ts';
import type { Messenger } from './deps.ts';
import { type IdentityDeps, sessionOf } from './identity.ts';

/**
 * What the page at `/` opens the messenger of a service with, and at `/chat` the chat of our own, for those whose
 * browser or network keeps the service away.
 */
export function registerMessenger(
  app: FastifyInstance,
  deps: IdentityDeps & { messenger: Messenger },
): void {
  const { appId, region, identify } = deps.messenger;

  app.get('/chat', (_request, reply) => sendPage(reply, 'chat'));

  app.get('/chat/messenger', async (request): Promise<MessengerAnswer> => {
    const session = await sessionOf(request, deps);
    const isSample = deps.sample !== null;
    const nobody = { person: null, thread: null, identity: null };
    if (!session) return { appId, region, isSample, ...nobody };
    const { email, name } = session;
    const identity = await identify({ email, name });
    return {
      appId,
      region,
      isSample,
      person: { email, name },
      thread: webThreadOf(email),
      identity,
    };
  });
}
