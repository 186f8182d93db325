import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleSource } from '../support/sample.ts';
import { waybill } from '../support/waybill.ts';

test('doctor --source is content with a good source, and says what to do about a bad one', async () => {
  const { dir, sourceFile } = await sampleSource();
  const broken = join(dir, 'broken.yaml');
  const yaml = await readFile(sourceFile, 'utf8');
  await writeFile(broken, yaml.replace('from audit_logs', 'from audit_log'));
  const [good, bad] = await Promise.all([
    waybill(['doctor', '--source', '--json'], { env: { SOURCE: sourceFile }, cwd: dir }),
    waybill(['doctor', '--source', '--account', 'globex'], { env: { SOURCE: broken }, cwd: dir }),
  ]);
  expect(good).toMatchObject({ code: 0, stderr: '' });
  const report = JSON.parse(good.stdout);
  expect(report).toMatchObject({ ok: true, database: 'SQLite', account: { id: 'acme' } });
  expect(report.queries).toHaveLength(17);

  expect(bad).toMatchObject({ code: 1, stderr: '1 of the things above need your attention.\n' });
  expect(bad.stdout).toMatch(/^tried with account globex \(Globex Talent, Inc\.\)$/m);
  expect(bad.stdout).toMatch(/^NO {2}data\.Audit_Logs +\? /m);
  expect(bad.stdout).toContain('NO  data.Audit_Logs: failed: no such table: audit_log.\n');
  expect(bad.stdout).toMatch(/^ok {2}data\.Candidates +24 /m);
}, 60_000);
