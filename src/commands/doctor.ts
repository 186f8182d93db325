import type { Command } from 'commander';
import type { Finding } from '../domain/finding.ts';

/** `waybill doctor`: tries every configured service for real, and says what is wrong and what to do. */
export function registerDoctor(program: Command, examine: () => Promise<Finding[]>): void {
  program
    .command('doctor')
    .description('try every configured service for real, and say what is wrong')
    .option('--json', 'one JSON object for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine();
      const bad = findings.filter(({ ok }) => !ok).length;
      if (json) process.stdout.write(`${JSON.stringify({ ok: bad === 0, findings })}\n`);
      else process.stdout.write(findings.map(lineOf).join(''));
      if (bad === 0) return;
      process.exitCode = 1;
      process.stderr.write(`${bad} of ${findings.length} findings need your attention.\n`);
    });
}

function lineOf({ service, ok, text }: Finding): string {
  return `${ok ? 'ok' : 'NO'}  ${service}: ${text}\n`;
}
