import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type HistoryAnswer, LIMITS, type SentAnswer } from '../../domain/chat-view.ts';
import type { OutgoingFile } from '../../ports/thread.ts';
import type { ChatDeps } from './chat/deps.ts';
import { toEntry } from './chat/entry.ts';
import { registerEvents } from './chat/events.ts';
import { readForm } from './chat/form.ts';
import { registerIdentity, type Visitor, visitorOf } from './chat/identity.ts';
import { registerMessenger } from './chat/messenger.ts';
import { ChatProblem } from './chat/problem.ts';
import { createRateLimit } from './chat/rate.ts';
import { createSender } from './chat/send.ts';
import { openUpload } from './chat/uploads.ts';
import { asDownload, ensureSecureHeaders } from './headers.ts';
import { ensureAssets } from './pages.ts';

export type { ChatDeps } from './chat/deps.ts';

/** Room for the longest text, even when each character is escaped in the JSON. */
const JSON_BYTES = 64 * 1024;

const HistoryQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(2_000).default(200),
});
const LinksParams = z.object({ ticket: z.coerce.number().int().min(1) });
const LinksQuery = z.object({ supplement: z.coerce.number().int().min(1).optional() });
const UploadParams = z.object({ id: z.string().max(100) });

/**
 * The web chat: the page at `/` and its API under `/chat`. The server must know cookies (`createServer`
 * in server.ts does).
 */
export function registerChat(app: FastifyInstance, deps: ChatDeps): void {
  ensureSecureHeaders(app, deps);
  ensureAssets(app);
  app.register(async (chat) => {
    await chat.register(multipart, {
      limits: { fileSize: LIMITS.fileBytes, files: LIMITS.files, fields: 4, fieldSize: JSON_BYTES },
      throwFileSizeLimit: false,
    });
    chat.setErrorHandler((error: FastifyError, _request, reply) => {
      const problem = error.statusCode === 413 ? TEXT_TOO_LONG : error;
      // What is not the chat's own goes on to the server's handler.
      if (!(problem instanceof ChatProblem)) throw error;
      // The rest of a body that is too large is not waited for.
      if (problem.status === 413) reply.header('connection', 'close');
      return reply.code(problem.status).send({ error: problem.message, code: problem.code });
    });
    registerIdentity(chat, deps);
    if (deps.messenger) registerMessenger(chat, { ...deps, messenger: deps.messenger });
    registerMessages(chat, deps);
    registerFiles(chat, deps);
    registerEvents(chat, deps);
  });
}

const TEXT_TOO_LONG = new ChatProblem(
  413,
  'too_long',
  `This message is too large. Please keep it under ${LIMITS.textChars.toLocaleString('en-GB')} characters, or attach it as a text file.`,
);

function registerMessages(app: FastifyInstance, deps: ChatDeps): void {
  const send = createSender(deps);
  const rate = createRateLimit();

  app.get('/chat/messages', async (request): Promise<HistoryAnswer> => {
    const { thread } = await visitorOf(request, deps);
    const query = HistoryQuery.safeParse(request.query);
    if (!query.success)
      throw new ChatProblem(400, 'bad_request', 'This page is out of date. Please reload it.');
    const { after, limit } = query.data;
    const messages = deps.chatLog.after(thread, after, limit + 1);
    return { messages: messages.slice(-limit).map(toEntry), hasEarlier: messages.length > limit };
  });

  app.post('/chat/messages', { bodyLimit: JSON_BYTES }, async (request, reply) => {
    const visitor = await visitorOf(request, deps);
    ensureSamePerson(visitor, request.headers['x-chat-thread']);
    if (!rate.take(visitor.thread, deps.clock.now())) {
      throw new ChatProblem(
        429,
        'too_fast',
        'That was a lot of messages at once. Please wait a minute and send it again.',
      );
    }
    const message = await send(visitor, await readForm(request, deps.uploadDir));
    return reply.code(201).send({ message: toEntry(message) } satisfies SentAnswer);
  });
}

/** Another tab may have signed in as somebody else since this one was opened. */
function ensureSamePerson(visitor: Visitor, thread: unknown): void {
  if (thread === undefined || thread === visitor.thread) return;
  throw new ChatProblem(
    409,
    'other_person',
    'You are signed in as somebody else in another window. Please reload this page first.',
  );
}

function registerFiles(app: FastifyInstance, deps: ChatDeps): void {
  app.get('/chat/uploads/:id', async (request, reply) => {
    const { thread } = await visitorOf(request, deps);
    const params = UploadParams.safeParse(request.params);
    const upload = params.success ? deps.chatLog.findUpload(thread, params.data.id) : null;
    const content = upload && (await openUpload(deps.uploadDir, upload));
    if (!content) throw new ChatProblem(404, 'no_file', 'This file is not here any more.');
    return reply
      .type(upload.contentType)
      .header('content-disposition', asDownload(upload.name))
      .header('content-length', upload.sizeBytes)
      .header('cache-control', 'private, max-age=3600')
      .send(content);
  });

  app.get('/chat/links/:ticket', async (request, reply) => {
    const { email } = await visitorOf(request, deps);
    const params = LinksParams.safeParse(request.params);
    const query = LinksQuery.safeParse(request.query);
    const ref = params.success &&
      query.success && {
        kind: 'links_csv' as const,
        ticketNumber: params.data.ticket,
        ...(query.data.supplement !== undefined && { supplement: query.data.supplement }),
      };
    const file = ref ? await deps.openAttachment(ref, email) : null;
    if (!file) {
      throw new ChatProblem(
        404,
        'no_file',
        'These links cannot be downloaded any more. Ask in the chat if you still need them.',
      );
    }
    return sendFile(reply, file);
  });

  app.get('/chat/certificates/:ticket', async (request, reply) => {
    const { email } = await visitorOf(request, deps);
    const params = LinksParams.safeParse(request.params);
    const file = params.success
      ? await deps.openAttachment(
          { kind: 'deletion_certificate', ticketNumber: params.data.ticket },
          email,
        )
      : null;
    if (!file) throw new ChatProblem(404, 'no_file', 'There is no certificate for you here.');
    return sendFile(reply, file);
  });
}

function sendFile(reply: FastifyReply, file: OutgoingFile) {
  return reply
    .type(file.contentType)
    .header('content-disposition', asDownload(file.fileName))
    .send(file.content);
}
