import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Takes signed webhooks, checks and parses them and keeps nothing: the least that any receiver does. */
const server = createServer(async (request, response) => {
  const body = await buffer(request);
  const mac = createHmac('sha1', 'client-secret').update(body).digest('hex');
  const isSigned = request.headers['x-hub-signature'] === `sha1=${mac}`;
  JSON.parse(body.toString('utf8'));
  response.writeHead(isSigned ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
});
