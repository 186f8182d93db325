import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * What happens to a call: `limited` is refused with 429, `broken` with 500, `cut` breaks the line before Slack hears of
 * it, `lost` when Slack has done its work, `silent` lets Slack work and never answers.
 */
export type SlackFault = 'limited' | 'broken' | 'cut' | 'lost' | 'silent' | null;

export type SlackCall = { count: number; method: string };

/** Stands before a Slack and spoils what `fault` says; `hits` counts what it spoiled. */
export async function startSlackFaults(target: string, fault: (call: SlackCall) => SlackFault) {
  const hits: Record<string, number> = {};
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const what = fault({ count, method });
    if (what) hits[what] = (hits[what] ?? 0) + 1;
    answer(target, what, request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    hits,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  target: string,
  fault: SlackFault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = Buffer.concat(await Array.fromAsync(request));
  if (fault === 'cut') return void request.socket.destroy();
  if (fault === 'limited') return void response.writeHead(429, { 'retry-after': '7' }).end();
  if (fault === 'broken') return void response.writeHead(500).end('Slack is ill.');
  const { authorization = '', 'content-type': contentType = '' } = request.headers;
  const forwarded = await fetch(new URL(request.url ?? '', target), {
    method: request.method ?? 'POST',
    headers: { authorization, 'content-type': contentType },
    body,
  });
  const text = await forwarded.text();
  if (fault === 'lost') return void request.socket.destroy();
  if (fault === 'silent') return;
  response
    .writeHead(forwarded.status, { 'content-type': 'application/json; charset=utf-8' })
    .end(text);
}
