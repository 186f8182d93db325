import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ChatDeps } from './deps.ts';
import { toEntry } from './entry.ts';
import { type Visitor, visitorOf } from './identity.ts';
import { ChatProblem } from './problem.ts';

/** Messages may come from another process on the same database, so the log is looked at again and again. */
const POLL_MS = 400;
const HEARTBEAT_MS = 15_000;
const BATCH = 500;
/** More open pages than a person has; each costs a look at the database at every poll. */
const STREAMS_PER_PERSON = 10;

const LastSeen = z.coerce.number().int().min(0).catch(0);

type EventDeps = Pick<ChatDeps, 'chatLog' | 'clock' | 'log' | 'secret' | 'publicUrl' | 'sample'>;

/**
 * Server-sent events of a thread: `message` with a ChatEntry, whose id is the event's, and `clock` with the
 * server's time, which is the heartbeat as well; `signed_out` when the session ends. Resumes after the
 * header Last-Event-ID, or else after `?after=`.
 */
export function registerEvents(app: FastifyInstance, deps: EventDeps): void {
  const open = new Set<{ thread: string; end(): void }>();

  app.get('/chat/events', async (request, reply) => {
    const visitor = await visitorOf(request, deps);
    if ([...open].filter((one) => one.thread === visitor.thread).length >= STREAMS_PER_PERSON) {
      throw new ChatProblem(
        429,
        'too_many_pages',
        'The chat is open in too many windows. Please close some of them.',
      );
    }
    const { after } = z.object({ after: z.unknown().optional() }).parse(request.query);
    const lastSeen = LastSeen.parse(request.headers['last-event-id'] ?? after ?? 0);
    const stream = { thread: visitor.thread, end: follow(start(reply), visitor, lastSeen, deps) };
    open.add(stream);
    reply.raw.on('close', () => open.delete(stream));
  });

  app.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });
}

function start(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    // Proxies such as nginx would hold events back.
    'x-accel-buffering': 'no',
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(200);
  return reply.raw;
}

function follow(
  out: ServerResponse,
  visitor: Visitor,
  lastSeen: number,
  deps: EventDeps,
): () => void {
  let seen = lastSeen;

  function sendNew(): void {
    if (out.writableNeedDrain) return;
    for (const message of deps.chatLog.after(visitor.thread, seen, BATCH)) {
      seen = message.id;
      out.write(`id: ${seen}\nevent: message\ndata: ${JSON.stringify(toEntry(message))}\n\n`);
    }
    if (deps.clock.now() >= visitor.expiresAt) {
      out.write('event: signed_out\ndata:\n\n');
      end();
    }
  }

  function poll(): void {
    try {
      sendNew();
    } catch (error) {
      deps.log.error({ error }, 'chat events stopped');
      end();
    }
  }

  function beat(): void {
    out.write(`event: clock\ndata: ${deps.clock.now().toISOString()}\n\n`);
  }

  function end(): void {
    clearInterval(polling);
    clearInterval(beating);
    if (!out.writableEnded) out.end();
  }

  const polling = setInterval(poll, POLL_MS);
  const beating = setInterval(beat, HEARTBEAT_MS);
  out.on('close', end);
  beat();
  poll();
  return end;
}
