import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Speaks as much of the Blob service as an export needs: keeps what is put whole (plans, receipts), and of blocks only
 * their lengths. Runs in a process of its own and says its address on stdout.
 */
type Blob = { staged: Map<string, number>; sizeBytes: number; sha256: string; content?: Buffer };
const blobs = new Map<string, Blob>();

const server = createServer((request, response) => {
  const isBlock = request.url?.includes('comp=block&') ?? false;
  const body: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (!isBlock) body.push(chunk);
  });
  request.on('end', () => answer(request, response, bytes, Buffer.concat(body)));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
});

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: number,
  body: Buffer,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const blob = blobs.get(pathname);
  response.setHeader('etag', '"1"');
  const comp = searchParams.get('comp');
  if (request.method === 'PUT') {
    const own = blob ?? { staged: new Map(), sizeBytes: -1, sha256: '' };
    blobs.set(pathname, own);
    put(own, comp, searchParams.get('blockid') ?? '', bytes, body, request);
    response.writeHead(201).end();
  } else if (comp === 'blocklist') {
    const list = [...(blob?.staged ?? [])].map(
      ([id, size]) => `<Block><Name>${id}</Name><Size>${size}</Size></Block>`,
    );
    const xml = `<?xml version="1.0"?><BlockList><UncommittedBlocks>${list.join('')}</UncommittedBlocks></BlockList>`;
    response.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
  } else if (!blob || blob.sizeBytes < 0) {
    response.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end();
  } else {
    const headers = { 'content-length': blob.sizeBytes, 'x-ms-meta-sha256': blob.sha256 };
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : blob.content);
  }
}

function put(
  blob: Blob,
  comp: string | null,
  id: string,
  bytes: number,
  body: Buffer,
  request: IncomingMessage,
): void {
  blob.sha256 = String(request.headers['x-ms-meta-sha256'] ?? blob.sha256);
  if (comp === 'block') {
    blob.staged.set(id, bytes);
  } else if (comp === 'blocklist') {
    const ids = [...body.toString().matchAll(/<Latest>(.*?)<\/Latest>/g)].map(([, one]) => one);
    blob.sizeBytes = ids.reduce((sum, one) => sum + (blob.staged.get(one ?? '') ?? 0), 0);
    blob.staged.clear();
  } else if (comp === null) {
    blob.content = body;
    blob.sizeBytes = body.length;
  }
}
