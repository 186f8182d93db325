import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeskAnswer, DeskJobs } from '../../../domain/desk-view.ts';
import { sayTime } from '../../../domain/words.ts';
import { asDownload } from '../headers.ts';
import { Jump, RowId, Text, TicketNumber, read } from './bodies.ts';
import type { DeskDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { findTicket } from './ticket-view.ts';

/** The jobs for the options form, and the files of a ticket: its links CSV and what the customer sent. */
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

  app.get('/tickets/:number/uploads/:id', async (request, reply) => {
    const { number } = read(TicketNumber, request.params);
    const { id } = read(z.object({ id: z.string() }), request.params);
    const upload = deps.chat.findUpload(findTicket(deps, number).thread, id);
    const bytes = upload && (await deps.openUpload(upload));
    if (!upload || !bytes) throw new Refusal(404, 'This file is not there any more.');
    // A file of a customer is never shown by the browser, whatever it says that it is.
    return reply
      .header('content-disposition', asDownload(upload.name))
      .type('application/octet-stream')
      .send(bytes);
  });
}

/** The talk with the customer, when the desk may take part in it. */
export function registerTalk(
  app: FastifyInstance,
  deps: DeskDeps,
  agentOf: (request: FastifyRequest) => string,
): void {
  app.post('/tickets/:number/reply', async (request): Promise<DeskAnswer> => {
    const { number } = read(TicketNumber, request.params);
    const { text } = read(Text, request.body);
    const { thread } = findTicket(deps, number);
    if (!deps.reply) throw new Refusal(409, 'Answer this customer where they wrote.');
    await deps.reply(thread, agentOf(request), text);
    return { message: 'Sent to the customer. The bot is silent until you call it back.' };
  });

  app.post('/tickets/:number/call-back', async (request): Promise<DeskAnswer> => {
    const { number } = read(TicketNumber, request.params);
    const { thread } = findTicket(deps, number);
    if (!deps.callBack) throw new Refusal(409, 'Give the talk back where the customer wrote.');
    await deps.callBack(thread, agentOf(request));
    return { message: 'The bot answers this customer again.' };
  });
}

/** Messages that were set aside, and the clock of the sample mode. */
export function registerMachine(app: FastifyInstance, deps: DeskDeps): void {
  app.post('/unsent/:id/again', async (request): Promise<DeskAnswer> => {
    const { id } = read(RowId, request.params);
    if (!deps.outbox.poisoned().some((row) => row.id === id)) {
      throw new Refusal(409, 'Somebody has sent this message again already.');
    }
    deps.outbox.revive(id);
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
