import type { FastifyInstance, FastifyRequest } from 'fastify';
import type {
  DeskAnswer,
  DeskElsewhere,
  DeskTalk,
  DeskTalkPage,
} from '../../../domain/desk-view.ts';
import { asDownload } from '../headers.ts';
import { read, Text, Thread, UploadId } from './bodies.ts';
import type { DeskDeps } from './deps.ts';
import { Refusal } from './refusal.ts';

const WEB_THREAD = /^web:/;
const MAX_MESSAGES = 200;

/** True for a thread of the web chat, whose words the desk can show. */
function isWebThread(thread: string): boolean {
  return WEB_THREAD.test(thread);
}

/** In Intercom a talk with a person waits in the team's own inbox; the desk shows it and does not press. */
export function hasOwnInbox(thread: string): boolean {
  return thread.startsWith('intercom:');
}

/** The talk in a thread of the web chat; null for one that is elsewhere. */
export function talkOf(deps: DeskDeps, thread: string): DeskTalk | null {
  if (!isWebThread(thread)) return null;
  return {
    thread,
    messages: deps.chat.after(thread, 0, MAX_MESSAGES).map((message) => ({
      id: message.id,
      at: message.at.toISOString(),
      author: message.author,
      name: message.name,
      text: message.text,
      hasLinksCsv: message.attachment !== null,
      uploads: message.uploads.map(({ id, name, sizeBytes }) => ({ id, name, sizeBytes })),
    })),
    humanSince: deps.tickets.conversation(thread)?.humanSince?.toISOString() ?? null,
    mayReply: deps.reply !== undefined,
  };
}

const SERVICES: Record<string, string> = { intercom: 'Intercom', slack: 'Slack' };

/** Where a talk is that is not in the web chat, and who has it; null for one in the web chat. */
export async function elsewhereOf(deps: DeskDeps, thread: string): Promise<DeskElsewhere | null> {
  if (isWebThread(thread)) return null;
  return {
    thread,
    service: SERVICES[thread.split(':')[0] ?? ''] ?? 'another service',
    url: (await deps.conversationUrl?.(thread)) ?? null,
    humanSince: deps.tickets.conversation(thread)?.humanSince?.toISOString() ?? null,
  };
}

/** The talks with customers, with a ticket or without. */
export function registerTalks(
  app: FastifyInstance,
  deps: DeskDeps,
  agentOf: (request: FastifyRequest) => string,
): void {
  const threadOf = (request: FastifyRequest): string => {
    const { thread } = read(Thread, request.params);
    const known =
      deps.tickets.conversation(thread) !== null || deps.tickets.list({ thread }).length > 0;
    if (!known) throw new Refusal(404, 'There is no such talk.');
    return thread;
  };

  app.get('/talks/:thread', async (request): Promise<DeskTalkPage> => {
    const thread = threadOf(request);
    const conversation = deps.tickets.conversation(thread);
    return {
      now: deps.clock.now().toISOString(),
      thread,
      email: conversation?.email ?? '',
      accountId: conversation?.accountId ?? null,
      humanSince: conversation?.humanSince?.toISOString() ?? null,
      tickets: deps.tickets.list({ thread }).map(({ number }) => number),
      talk: talkOf(deps, thread),
    };
  });

  app.post('/talks/:thread/reply', async (request): Promise<DeskAnswer> => {
    const thread = threadOf(request);
    const { text } = read(Text, request.body);
    if (!deps.reply || !isWebThread(thread)) {
      throw new Refusal(409, 'Answer this customer where they wrote.');
    }
    await deps.reply(thread, agentOf(request), text);
    return { message: 'Sent to the customer. The bot is silent until you give the talk back.' };
  });

  app.post('/talks/:thread/call-back', async (request): Promise<DeskAnswer> => {
    const thread = threadOf(request);
    if (!deps.callBack) throw new Refusal(409, 'Give the talk back where the customer wrote.');
    await deps.callBack(thread, agentOf(request));
    return { message: 'The bot answers this customer again.' };
  });

  app.get('/talks/:thread/uploads/:id', async (request, reply) => {
    const { id } = read(UploadId, request.params);
    const upload = deps.chat.findUpload(threadOf(request), id);
    const bytes = upload && (await deps.openUpload(upload));
    if (!upload || !bytes) throw new Refusal(404, 'This file is not there any more.');
    // A file of a customer is never shown by the browser, whatever it says that it is.
    return reply
      .header('content-disposition', asDownload(upload.name))
      .type('application/octet-stream')
      .send(bytes);
  });
}
