import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm run bench -- [name] [options]`: runs every `*.bench.ts` of this folder in turn, or one of them. */
const folder = fileURLToPath(new URL('.', import.meta.url));
const [name, ...options] = process.argv.slice(2);
const all = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'));
const wanted = all.filter((file) => !name || file === `${name}.bench.ts`);
if (wanted.length === 0) {
  const names = all.map((file) => file.replace('.bench.ts', '')).join(', ');
  console.error(`There is no bench "${name}"; choose from ${names}.`);
  process.exitCode = 1;
}
for (const file of wanted) {
  console.log(`\n== ${file.replace('.bench.ts', '')}`);
  const { status } = spawnSync(process.execPath, [`${folder}${file}`, ...options], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
