import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { statusWords, type Ticket } from '../domain/ticket.ts';
import { sayBytes, sayTime } from '../domain/words.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import type { OpenApp } from '../wire.ts';

/** Support's work without Slack: `tickets`, `ticket N`, `approve N`, `reject N`, `cancel N`, `extend N`, `resend N`, `rebuild N`, `purge N`, `hold N`, `lift N`. */
export function registerTickets(program: Command, openApp: OpenApp): void {
  program
    .command('tickets')
    .description('list the tickets, newest first')
    .option('--json', 'one JSON array for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const app = await openApp();
      try {
        const tickets = app.tickets.list({});
        if (json) print(JSON.stringify(tickets));
        else print(tickets.length ? tickets.map(line).join('\n') : 'There are no tickets yet.');
      } finally {
        await app.close();
      }
    });

  program
    .command('ticket')
    .description('show one ticket with its history')
    .argument('<number>', 'number of the ticket', ticketNumber)
    .option('--json', 'one JSON object for machines')
    .action(async (number: number, { json }: { json?: boolean }) => {
      const app = await openApp();
      try {
        const ticket = app.tickets.find(number);
        if (!ticket) throw new Error(noTicket(number));
        const history = app.tickets.history(number);
        if (json) print(JSON.stringify({ ...ticket, history }));
        else {
          print(
            [
              line(ticket),
              ...facts(ticket),
              ...history.map(
                (entry) => `  ${entry.at.toISOString()}  ${entry.actor}  ${entry.event}`,
              ),
            ].join('\n'),
          );
        }
      } finally {
        await app.close();
      }
    });

  decision('approve', 'approve a ticket; the running bot builds it', (app, click) =>
    app.actions.approve(click),
  );
  decision(
    'reject',
    'reject a ticket; the customer is told the reason',
    (app, click, { reason }) => app.actions.reject(click, reason),
    reasonOption,
  );
  decision(
    'cancel',
    'cancel a ticket; links stop working and the bytes are deleted',
    (app, click, { reason }) => app.actions.cancel(click, reason),
    reasonOption,
  );
  decision(
    'extend',
    'move the end of the download window',
    (app, click, { hours }) => app.actions.extend(click, hours),
    (command) =>
      command.requiredOption('--hours <n>', 'by how many hours, for example 48', positiveHours),
  );
  decision('resend', 'post the links CSV once more', (app, click) => app.actions.resend(click));
  decision(
    'rebuild',
    'build again after a failure, or anew; or only what the delivered export lacks',
    (app, click, { missing }) => app.actions.rebuild(click, missing ? 'missing' : undefined),
    (command) => command.option('--missing', 'build only what was missing'),
  );

  decision(
    'purge',
    'delete the files of a ticket now; its links end at once',
    (app, click) => app.purgeNow(click),
    (command) => command.requiredOption('--yes', 'deleting cannot be undone'),
  );
  decision(
    'hold',
    'set a legal hold: nothing of the ticket is deleted until it is lifted',
    (app, click, { reason }) => app.holdBack(click, reason),
    (command) => command.requiredOption('--reason <text>', 'why, for the record'),
  );
  decision('lift', 'lift the legal hold of a ticket', (app, click) => app.liftHold(click));

  function decision(
    name: string,
    description: string,
    decide: (
      app: Awaited<ReturnType<OpenApp>>,
      click: Click,
      options: { reason: string; hours: number; missing?: boolean },
    ) => Promise<Clicked>,
    withOptions: (command: Command) => Command = (command) => command,
  ): void {
    withOptions(
      program
        .command(name)
        .description(description)
        .argument('<number>', 'number of the ticket', ticketNumber)
        .option('--as <name>', 'who decides, as it will stand in the history', userInfo().username)
        .option('--json', 'one JSON object for machines'),
    ).action(
      async (
        number: number,
        options: { as: string; json?: boolean; reason: string; hours: number; missing?: boolean },
      ) => {
        const app = await openApp();
        try {
          const done = await decide(app, { number, version: null, agent: options.as }, options);
          if (!done.ok) throw new Error(done.reason);
          await app.drain();
          print(options.json ? JSON.stringify(done.ticket) : line(done.ticket));
        } finally {
          await app.close();
        }
      },
    );
  }
}

function reasonOption(command: Command): Command {
  return command.requiredOption('--reason <text>', 'one sentence that the customer will read');
}

function line(ticket: Ticket): string {
  const end = ticket.expiresAt ? `, links until ${ticket.expiresAt.toISOString()}` : '';
  return `#${ticket.number}  ${statusWords(ticket.status)}  ${ticket.accountName} (${ticket.accountId}), asked by ${ticket.requester.email}${end}`;
}

function facts(ticket: Ticket): string[] {
  const { estimate, promisedAt, approval, reason } = ticket;
  return [
    estimate &&
      `  Estimate: ${estimate.files} files, ${sayBytes(estimate.bytes)}, ${estimate.parts} parts`,
    promisedAt && `  Promised by ${sayTime(promisedAt)}`,
    approval && `  Approved by ${approval.by} at ${approval.at}`,
    reason && `  Reason: ${reason}`,
    ticket.legalHold && `  Legal hold by ${ticket.legalHold.by}: ${ticket.legalHold.reason}`,
    ...ticket.checks.map((check) => `  ${check.ok ? 'ok ' : 'NO '} ${check.text}`),
  ].filter((fact) => typeof fact === 'string');
}

function ticketNumber(text: string): number {
  const number = Number(text.replace(/^#/, ''));
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new InvalidArgumentError('Give the number of a ticket, as "waybill tickets" lists it.');
  }
  return number;
}

function positiveHours(text: string): number {
  const hours = Number(text);
  if (!(hours > 0 && hours <= 720)) {
    throw new InvalidArgumentError('Give the hours as a number from 1 to 720, for example 48.');
  }
  return hours;
}

function noTicket(number: number): string {
  return `There is no ticket ${number}; "waybill tickets" lists them.`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
