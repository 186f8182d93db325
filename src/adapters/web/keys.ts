import type { FastifyInstance } from 'fastify';
import { keySet, type PublicKey } from '../../domain/signature.ts';

/** `/keys`: with these keys anybody can check a manifest. They are no secret. */
export function registerKeys(app: FastifyInstance, deps: { publicKey: PublicKey }): void {
  app.get('/keys', async (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .header('access-control-allow-origin', '*')
      .send(keySet([deps.publicKey])),
  );
}
