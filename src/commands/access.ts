import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { GRANT_HOURS, GRANT_STATUS_WORDS, type Grant } from '../domain/grant.ts';
import type { AccessClick, AccessClicked } from '../ports/desk.ts';
import type { App, OpenApp } from '../wire.ts';

/** Temporary access without Slack: `grants`, `grant N`, `deny N`, `revoke N`. */
export function registerAccess(program: Command, openApp: OpenApp): void {
  program
    .command('grants')
    .description(
      'list the accesses to the platform, newest first, and what the ATS holds to be in force',
    )
    .option('--json', 'one JSON object for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const app = await openApp();
      try {
        const grants = app.grants.list({});
        const inForce = (await app.access?.list()) ?? [];
        if (json) return print(JSON.stringify({ grants, inForce }));
        print(grants.length ? grants.map(line).join('\n') : 'Nobody has asked for access yet.');
        for (const { email, accountId, until } of inForce) {
          print(`in force in the ATS: ${email} in ${accountId}, until ${until.toISOString()}`);
        }
      } finally {
        await app.close();
      }
    });

  decision(
    'grant',
    'give access to the platform; the ATS is asked at once',
    (app, click, { hours }) =>
      app.accessActions.give(click, hours ?? askedHours(app, click.number)),
    (command) =>
      command.option('--hours <n>', '24 or 48; what was asked for when left out', hoursOf),
  );
  decision(
    'deny',
    'deny access; the customer is told the reason',
    (app, click, { reason }) => app.accessActions.deny(click, reason),
    (command) =>
      command.requiredOption('--reason <text>', 'one sentence that the customer will read'),
  );
  decision('revoke', 'end access before its time', (app, click) => app.accessActions.revoke(click));

  function decision(
    name: string,
    description: string,
    decide: (
      app: App,
      click: AccessClick,
      options: { reason: string; hours?: number },
    ) => Promise<AccessClicked>,
    withOptions: (command: Command) => Command = (command) => command,
  ): void {
    withOptions(
      program
        .command(name)
        .description(description)
        .argument('<number>', 'number of the access', accessNumber)
        .option('--as <name>', 'who decides, as it will stand in the history', userInfo().username)
        .option('--json', 'one JSON object for machines'),
    ).action(
      async (
        number: number,
        options: { as: string; json?: boolean; reason: string; hours?: number },
      ) => {
        const app = await openApp();
        try {
          const done = await decide(app, { number, version: null, agent: options.as }, options);
          if (!done.ok) throw new Error(done.reason);
          await app.drain();
          print(options.json ? JSON.stringify(done.grant) : line(done.grant));
        } finally {
          await app.close();
        }
      },
    );
  }
}

function askedHours(app: App, number: number): number {
  return app.grants.find(number)?.askedHours ?? GRANT_HOURS[0];
}

function line({
  number,
  status,
  accountName,
  accountId,
  requester,
  endsAt,
  lastError,
}: Grant): string {
  const end = endsAt ? `, until ${endsAt.toISOString()}` : '';
  const problem = lastError ? `; the ATS did not confirm: ${lastError}` : '';
  return `#${number}  ${GRANT_STATUS_WORDS[status]}  ${accountName} (${accountId}), for ${requester.email}${end}${problem}`;
}

function accessNumber(text: string): number {
  const number = Number(text.replace(/^#/, ''));
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('Give the number of an access, as "waybill grants" lists it.');
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (GRANT_HOURS.some((one) => one === hours)) return hours;
  throw new InvalidArgumentError('Access is given for 24 or 48 hours; choose one of them.');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
