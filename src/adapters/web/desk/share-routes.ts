import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeskAnswer } from '../../../domain/desk-view.ts';
import { downloadLogCsv, sayWho } from '../../../domain/download-log.ts';
import { asDownload } from '../headers.ts';
import { read, TicketNumber } from './bodies.ts';
import type { DeskDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { findTicket } from './ticket-view.ts';

const ShareOf = TicketNumber.extend({ share: z.string().min(1).max(100) });

/** With whom the customer shares the download page, and the log of downloads as CSV. */
export function registerShares(
  app: FastifyInstance,
  deps: DeskDeps,
  agentOf: (request: FastifyRequest) => string,
): void {
  app.post('/tickets/:number/shares/:share/end', async (request): Promise<DeskAnswer> => {
    const { number, share } = read(ShareOf, request.params);
    findTicket(deps, number);
    if (!deps.endShare(number, share, agentOf(request))) {
      throw new Refusal(404, 'This ticket is not shared like that; load the page again.');
    }
    return { message: 'That link no longer works.' };
  });

  app.get('/tickets/:number/downloads.csv', async (request, reply) => {
    const { number } = read(TicketNumber, request.params);
    const ticket = findTicket(deps, number);
    const emails = new Map(deps.shares.ofTicket(number).map(({ id, email }) => [id, email]));
    const downloads = deps.links.downloads(number);
    const names = new Map(
      [...new Set(downloads.map(({ linkId }) => linkId))].map((id) => [
        id,
        deps.links.find(id)?.file.name ?? '',
      ]),
    );
    const lines = downloads.map(({ linkId, via, ...download }) => ({
      ...download,
      who: sayWho(via, ticket.requester.email, emails),
      fileName: names.get(linkId) ?? '',
    }));
    return reply
      .header('content-disposition', asDownload(`waybill-${number}-downloads.csv`))
      .type('text/csv; charset=utf-8')
      .send(downloadLogCsv(lines));
  });
}
