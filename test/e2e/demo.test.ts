import { expect, test } from 'vitest';
import { inspectZip } from '../../src/adapters/zip/inspect.ts';
import { runDemo } from '../../src/commands/demo.ts';
import { openApp } from '../../src/wire.ts';
import { waybill } from '../support/waybill.ts';

test('the demo goes from a message in chat to the purge and says so for machines', async () => {
  const { code, stdout, stderr } = await waybill(['demo', '--json']);
  const result = JSON.parse(stdout);
  expect(result.steps.filter((step: { ok: boolean }) => !step.ok)).toEqual([]);
  expect(result.ok).toBe(true);
  expect(result.steps.map((step: { name: string }) => step.name)).toEqual([
    'start',
    'ask',
    'approve',
    'build',
    'links csv',
    'download',
    'warn',
    'extend',
    'resume',
    'verify',
    'count',
    'expire',
    'purge',
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
}, 120_000);

test('the demo fails when the ZIPs hold less than the database', async () => {
  const steps = await runDemo(
    {
      inspectZip,
      openApp: async (config) => {
        const app = await openApp(config);
        const totals: typeof app.source.totals = async (...args) => {
          const counted = await app.source.totals(...args);
          counted.rows.Candidates += 1;
          return counted;
        };
        return { ...app, source: { ...app.source, totals } };
      },
    },
    () => {},
  );
  expect(steps.at(-1)).toMatchObject({ name: 'count', ok: false });
  expect(steps.at(-1)?.text).toContain('Candidates: the ZIPs hold 240, the database 241');
}, 120_000);
