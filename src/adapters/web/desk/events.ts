import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { DeskDeps } from './deps.ts';

const POLL_MS = 500;
const HEARTBEAT_MS = 15_000;
/** A jump of the clock is larger than this, drift is smaller. */
const JUMP_MS = 60_000;

/**
 * `GET /events`: server-sent events. `changed` carries a revision; it comes when anything that the desk shows has
 * changed, the clock of the sample mode included. One poll serves every open page.
 */
export function registerEvents(
  app: FastifyInstance,
  deps: Pick<DeskDeps, 'deskLog' | 'clock'>,
): void {
  const open = new Set<ServerResponse>();
  let last = '';
  let timer: NodeJS.Timeout | null = null;
  let beatAt = 0;

  function revision(): string {
    const movedBy = Math.round((deps.clock.now().getTime() - Date.now()) / JUMP_MS);
    return `${deps.deskLog.revision()}@${movedBy}`;
  }

  /** null while the database cannot be read; the next poll tries again. */
  function tryRevision(): string | null {
    try {
      return revision();
    } catch {
      return null;
    }
  }

  function poll(): void {
    const now = performance.now();
    const current = tryRevision();
    if (current === null) return;
    if (current !== last) send(`event: changed\ndata: ${current}\n\n`);
    else if (now - beatAt > HEARTBEAT_MS) send(':\n\n');
    else return;
    last = current;
    beatAt = now;
  }

  function send(text: string): void {
    for (const response of open) response.write(text);
  }

  function leave(response: ServerResponse): void {
    open.delete(response);
    if (open.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  }

  app.get('/events', (_request, reply) => {
    reply.hijack();
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (!timer) {
      last = revision();
      timer = setInterval(poll, POLL_MS);
    }
    response.write(`event: changed\ndata: ${last}\n\n`);
    open.add(response);
    response.on('close', () => leave(response));
  });

  app.addHook('preClose', async () => {
    for (const response of open) response.end();
  });
}
