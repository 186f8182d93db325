import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Speaks as much of the Blob service as an upload needs, counts the bytes and throws them away; in a process of its
 * own. Says its URL on stdout.
 */
type Name = { staged: Map<string, number>; sizeBytes: number; sha256: string };
const names = new Map<string, Name>();

const server = createServer((request, response) => {
  let bytes = 0;
  const text: Buffer[] = [];
  const isBlock = request.url?.includes('comp=block&') ?? false;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (!isBlock) text.push(chunk);
  });
  request.on('end', () => answer(request, response, bytes, Buffer.concat(text).toString()));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: number,
  body: string,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const name = names.get(pathname) ?? { staged: new Map(), sizeBytes: 0, sha256: '' };
  names.set(pathname, name);
  response.setHeader('etag', '"1"');
  if (searchParams.get('comp') === 'block') {
    name.staged.set(searchParams.get('blockid') ?? '', bytes);
  } else if (request.method === 'GET') {
    const blocks = [...name.staged].map(
      ([id, size]) => `<Block><Name>${id}</Name><Size>${size}</Size></Block>`,
    );
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<?xml version="1.0"?><BlockList><UncommittedBlocks>${blocks.join('')}</UncommittedBlocks></BlockList>`,
      );
    return;
  } else if (searchParams.get('comp') === 'blocklist') {
    const ids = [...body.matchAll(/<Latest>(.*?)<\/Latest>/g)].map(([, id]) => id ?? '');
    name.sizeBytes = ids.reduce((sum, id) => sum + (name.staged.get(id) ?? 0), 0);
    name.sha256 = String(request.headers['x-ms-meta-sha256']);
    name.staged.clear();
  } else if (request.method === 'HEAD') {
    response
      .writeHead(200, { 'content-length': name.sizeBytes, 'x-ms-meta-sha256': name.sha256 })
      .end();
    return;
  }
  response.writeHead(201).end();
}
