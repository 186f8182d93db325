import type { Command } from 'commander';
import type { Finding } from '../domain/finding.ts';
import { reportText, type SourceReport } from '../domain/source-report.ts';

type DoctorOptions = { json?: boolean; source?: boolean; account?: string };

/** What the doctor tries, as `wire.ts` hands it in. */
export type Examine = {
  all(): Promise<Finding[]>;
  /** Every query of the source file, with this account; null: the first found. */
  source(accountId: string | null): Promise<SourceReport>;
};

/** `waybill doctor`: tries every configured service for real, and says what is wrong and what to do. */
export function registerDoctor(program: Command, examine: Examine): void {
  program
    .command('doctor')
    .description('try every configured service for real, and say what is wrong')
    .option('--source', 'try every query of the source file instead, and open a few files')
    .option(
      '--account <id>',
      'with --source: the account to try it with (default: the first found)',
    )
    .option('--json', 'one JSON object for machines')
    .action(async ({ json, source, account }: DoctorOptions) => {
      if (source || account !== undefined) {
        printReport(await examine.source(account ?? null), json ?? false);
        return;
      }
      const findings = await examine.all();
      const bad = findings.filter(({ ok }) => !ok).length;
      if (json) process.stdout.write(`${JSON.stringify({ ok: bad === 0, findings })}\n`);
      else process.stdout.write(findings.map(lineOf).join(''));
      if (bad === 0) return;
      process.exitCode = 1;
      process.stderr.write(`${bad} of ${findings.length} findings need your attention.\n`);
    });
}

function printReport(report: SourceReport, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report));
  if (report.ok) return;
  process.exitCode = 1;
  const bad = report.problems.length + report.queries.filter(({ ok }) => !ok).length;
  process.stderr.write(`${bad} of the things above need your attention.\n`);
}

function lineOf({ service, ok, text }: Finding): string {
  return `${ok ? 'ok' : 'NO'}  ${service}: ${text}\n`;
}
