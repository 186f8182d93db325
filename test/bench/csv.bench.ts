import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { haveTools, holdRatio, measure, report, runInTurn, say, timed } from './measure.ts';

/** A large CSV, deflated at level 6, with SHA-256 and fsync, beside `zip -6` on the same file in the same run. */
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '150' },
    runs: { type: 'string', default: '5' },
  },
});
const WORDS =
  'interview phone screen rejected offer accepted note résumé sourced Malmö São Paulo engineer nurse'.split(
    ' ',
  );

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
try {
  if (haveTools('zip')) run(Number(values.megabytes));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(megabytes: number): void {
  const csv = join(folder, 'Audit_Logs.csv');
  const zip = join(folder, 'zip.zip');
  writeCsv(csv, megabytes * 1e6);
  const sizes = { 'zip -6': 0, Waybill: 0 };
  const ways = {
    'zip -6': () => {
      const measured = timed(`zip -q -6 ${zip} ${csv}`);
      sizes['zip -6'] = statSync(zip).size;
      return measured;
    },
    Waybill: () => {
      const measured = measure('zip-csv-with-waybill.ts', [csv, folder]);
      sizes.Waybill = statSync(join(folder, 'e1', 'part.zip')).size;
      return measured;
    },
  };
  const results = runInTurn(ways, Number(values.runs), () => rmSync(zip, { force: true }));
  report(results, megabytes);
  holdRatio(results, 'Waybill', 'zip -6', 0.6);
  const more = sizes.Waybill / sizes['zip -6'];
  say(`it has ${more.toFixed(3)} of the bytes of zip -6`, 'at most 1.03', more <= 1.03);
}

/** Rows as an audit log has them; the same every time. */
function writeCsv(path: string, bytes: number): void {
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const lines: string[] = [];
  for (let done = 0, n = 0; done < bytes; n++) {
    const words = Array.from({ length: 4 + random(12) }, () => WORDS[random(WORDS.length)]);
    const at = new Date(1.6e12 + n * 61_000).toISOString();
    const line = `${n},${at},user-${random(400)},candidate-${random(90_000)},"${words.join(' ')}"\r\n`;
    lines.push(line);
    done += Buffer.byteLength(line);
  }
  writeFileSync(path, lines.join(''));
}
