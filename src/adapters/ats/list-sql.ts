import type { KeyRange, Selection } from '../../domain/content.ts';
import type { ListQuery } from './source-file.ts';
import type { Parameters } from './sqlite.ts';

export type BoundSql = { sql: string; parameters: Parameters };

/**
 * One page of a list in key order. Row-value comparison lets SQLite seek to the page in an index;
 * the selection is written so that it filters on the way and never takes the index of the order away.
 */
export function pageSql(
  list: ListQuery,
  accountId: string,
  selection: Selection,
  range: KeyRange,
  limit: number,
): BoundSql {
  const wanted = selectionSql(list, selection);
  const conditions = [...wanted.conditions];
  const parameters: Parameters = { ...wanted.parameters, account: accountId, waybill_limit: limit };
  const key = list.key.map(quoted).join(', ');
  for (const [bound, operator] of [['after', '>'] as const, ['upTo', '<='] as const]) {
    const values = range[bound];
    if (!values) continue;
    const names = list.key.map((_, index) => `:waybill_${bound}_${index}`);
    conditions.push(`(${key}) ${operator} (${names.join(', ')})`);
    for (const [index, value] of values.entries()) parameters[`waybill_${bound}_${index}`] = value;
  }
  const sql = `select * from (${list.query}\n)${where(conditions)} order by ${key} limit :waybill_limit`;
  return { sql, parameters };
}

/** Number of rows of a data set, and of rows without a whole key (which would be lost between pages). */
export function countSql(list: ListQuery, accountId: string, selection: Selection): BoundSql {
  const { conditions, parameters } = selectionSql(list, selection);
  const sql = `select count(*), ${keyless(list)} from (${list.query}\n)${where(conditions)}`;
  return { sql, parameters: { ...parameters, account: accountId } };
}

/** For each job: number of files, their bytes, and files without a whole key. */
export function amountsSql(list: ListQuery, accountId: string, selection: Selection): BoundSql {
  const { conditions, parameters } = selectionSql(list, selection);
  const job = `coalesce(cast(${quoted('job_id')} as text), '')`;
  const sql = `select ${job}, count(*), coalesce(sum(${quoted('size_bytes')}), 0), ${keyless(list)} from (${list.query}\n)${where(conditions)} group by 1 order by 1`;
  return { sql, parameters: { ...parameters, account: accountId } };
}

function selectionSql(list: ListQuery, selection: Selection) {
  const conditions: string[] = [];
  const parameters: Parameters = {};
  const jobColumn = list.jobs ?? list.job;
  if (selection.jobs && jobColumn) {
    parameters.waybill_jobs = JSON.stringify(selection.jobs);
    conditions.push(list.jobs ? anyJobIn(jobColumn) : jobIn(jobColumn));
  }
  if (selection.from && list.date) {
    parameters.waybill_from = selection.from;
    conditions.push(`substr(${quoted(list.date)}, 1, 10) >= :waybill_from`);
  }
  if (selection.to && list.date) {
    parameters.waybill_to = selection.to;
    conditions.push(`substr(${quoted(list.date)}, 1, 10) <= :waybill_to`);
  }
  return { conditions, parameters };
}

/** The cast makes a number of the database comparable with the id as text, and keeps the index for the order. */
function jobIn(column: string): string {
  return `cast(${quoted(column)} as text) in (select value from json_each(:waybill_jobs))`;
}

function anyJobIn(column: string): string {
  return `exists (select 1 from json_each(:waybill_jobs) where instr(',' || ${quoted(column)} || ',', ',' || value || ',') > 0)`;
}

function keyless(list: ListQuery): string {
  const missing = list.key.map((column) => `${quoted(column)} is null`).join(' or ');
  return `count(*) filter (where ${missing})`;
}

function where(conditions: string[]): string {
  return conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
