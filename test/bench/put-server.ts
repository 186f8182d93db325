import { createServer } from 'node:http';

/** A store that throws everything away: takes PUTs and says on stdout where it listens. GET says how many bytes came. */
let bytes = 0;
const server = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => response.end(request.method === 'GET' ? String(bytes) : ''));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
});
