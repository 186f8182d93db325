import type { FastifyInstance } from 'fastify';
import type { DeskList, DeskTicket } from '../../domain/desk-view.ts';
import { registerAccess } from './desk/access.ts';
import { List, read, TicketNumber } from './desk/bodies.ts';
import { registerClicks } from './desk/clicks.ts';
import type { DeskDeps } from './desk/deps.ts';
import { registerEvents } from './desk/events.ts';
import { listView } from './desk/list-view.ts';
import { registerFiles, registerMachine } from './desk/more-routes.ts';
import { Refusal } from './desk/refusal.ts';
import { registerShares } from './desk/share-routes.ts';
import { registerSignIn, requireAgent } from './desk/sign-in.ts';
import { registerTalks } from './desk/talks.ts';
import { ticketView } from './desk/ticket-view.ts';
import { ensureSecureHeaders } from './headers.ts';
import { ensureAssets, sendPage } from './pages.ts';

export type { DeskDeps } from './desk/deps.ts';

/** The web desk: its page at `/desk` and `/desk/<ticket>`, and below `/desk/api` what it asks for and does. */
export async function registerDesk(app: FastifyInstance, deps: DeskDeps): Promise<void> {
  ensureSecureHeaders(app, { publicUrl: deps.publicUrl });
  ensureAssets(app);

  for (const path of ['/desk', '/desk/', '/desk/:number(^\\d+$)', '/desk/talk/:thread']) {
    app.get(path, (_request, reply) => sendPage(reply, 'desk'));
  }

  await app.register(
    async (api) => {
      api.setErrorHandler((error, _request, reply) => {
        if (!(error instanceof Refusal)) throw error;
        return reply.code(error.statusCode).send({ error: error.message });
      });
      registerSignIn(api, deps);
      await api.register(async (signedIn) => {
        const agentOf = requireAgent(signedIn, deps);
        signedIn.get('/tickets', async (request): Promise<DeskList> => {
          const { q, ...rows } = read(List, request.query);
          return listView(deps, { search: q, rows });
        });
        signedIn.get(
          '/tickets/:number',
          async (request): Promise<DeskTicket> =>
            ticketView(deps, read(TicketNumber, request.params).number),
        );
        registerClicks(signedIn, deps, agentOf);
        registerAccess(signedIn, deps, agentOf);
        registerFiles(signedIn, deps);
        registerShares(signedIn, deps, agentOf);
        registerTalks(signedIn, deps, agentOf);
        registerMachine(signedIn, deps, agentOf);
        registerEvents(signedIn, deps);
      });
    },
    { prefix: '/desk/api' },
  );
}
