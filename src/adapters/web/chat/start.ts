import type { FastifyReply } from 'fastify';
import { contentSecurityPolicy } from '../headers.ts';
import { sendPage } from '../pages.ts';
import type { Messenger } from './deps.ts';

/** Answers with the page at `/`: the messenger of a service, or the chat of our own. */
export async function sendStart(
  reply: FastifyReply,
  messenger: Messenger | null,
): Promise<FastifyReply> {
  if (!messenger) return sendPage(reply, 'chat');
  reply.header('content-security-policy', contentSecurityPolicy(messenger.sources));
  return sendPage(reply, 'messenger');
}
