import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DeskAnswer, DeskJobs } from '../../../domain/desk-view.ts';
import { sayTime } from '../../../domain/words.ts';
import { asDownload } from '../headers.ts';
import { Jump, RowId, read, TicketNumber } from './bodies.ts';
import type { DeskDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { findTicket } from './ticket-view.ts';

/** The jobs for the options form, the links CSV, the certificate of deletion. */
export function registerFiles(app: FastifyInstance, deps: DeskDeps): void {
  app.get('/tickets/:number/jobs', async (request): Promise<DeskJobs> => {
    const { number } = read(TicketNumber, request.params);
    return { jobs: await deps.ats.jobs(findTicket(deps, number).accountId) };
  });

  app.get('/tickets/:number/links.csv', async (request, reply) => {
    const { number } = read(TicketNumber, request.params);
    findTicket(deps, number);
    const csv = await deps.linksCsv(number);
    if (!csv) throw new Refusal(404, 'This ticket has no links.');
    return reply
      .header('content-disposition', asDownload(csv.fileName))
      .type('text/csv; charset=utf-8')
      .send(csv.content);
  });

  app.get('/tickets/:number/certificate.json', async (request, reply) => {
    const { number } = read(TicketNumber, request.params);
    findTicket(deps, number);
    const file = await deps.certificate(number);
    if (!file) throw new Refusal(404, 'The files of this ticket are not deleted.');
    return reply
      .header('content-disposition', asDownload(file.fileName))
      .type('application/json; charset=utf-8')
      .send(file.content);
  });
}

/** Messages that were set aside, and the clock of the sample mode. */
export function registerMachine(
  app: FastifyInstance,
  deps: DeskDeps,
  agentOf: (request: FastifyRequest) => string,
): void {
  app.post('/unsent/:id/again', async (request): Promise<DeskAnswer> => {
    const { id } = read(RowId, request.params);
    const done = deps.sendAgain(id, agentOf(request));
    if (!done.ok) throw new Refusal(409, done.reason);
    return { message: 'The message is tried again.' };
  });

  app.post('/clock', async (request): Promise<DeskAnswer> => {
    if (!deps.mayJump) {
      throw new Refusal(403, 'The clock can be moved with the sample ATS only.');
    }
    await deps.jump(read(Jump, request.body).hours);
    return { message: `It is ${sayTime(deps.clock.now())} now.` };
  });
}
