import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from './sample.ts';

/** A source file whose data set Tasks is a table with the key `id`, all of it of account `acme`. */
export async function withTasks(sample: Sample, file: string, table: string): Promise<string> {
  const yaml = await readFile(file, 'utf8');
  const query = `query: "select 'acme' as account_id, t.* from ${table} t where 'acme' = :account"`;
  const changed = yaml.replace(
    /( {2}Tasks:\n)[\s\S]*?(?= {2}Users:)/,
    `$1    ${query}\n    key: [id]\n`,
  );
  const made = join(sample.dir, 'tasks.yaml');
  await writeFile(made, changed);
  return made;
}
