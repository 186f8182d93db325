import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { sayMeasured } from './measure.ts';

/** What planning without pages would hold: the rows of candidates and files, all at once. */
const [sourceFile = ''] = process.argv.slice(2);
const database = new Database(join(dirname(sourceFile), 'ats.sqlite'), { readonly: true });
const startedAt = performance.now();
const of = (table: string) =>
  database.prepare(`select * from ${table} where account_id = 'acme'`).raw(true).all();
const held = [of('candidates'), of('documents')];
console.error(held.map((rows) => rows.length).join(' and '));
sayMeasured(startedAt);
