import type { KeyRange, RowKey, Selection } from '../../domain/content.ts';
import type { Column, Dialect, Parameters } from './database.ts';
import type { ListQuery } from './source-file.ts';

export type BoundSql = { sql: string; parameters: Parameters };

/** A list with what its database knows of its columns. */
export type KnownList = { query: ListQuery; columns: Column[]; dialect: Dialect };

/**
 * One page of a list in key order. The database seeks to the page in an index of the key; the selection is written so
 * that it filters on the way and never takes that index away.
 */
export function pageSql(
  list: KnownList,
  accountId: string,
  selection: Selection,
  range: KeyRange,
  limit: number,
): BoundSql {
  const wanted = selectionSql(list, selection);
  const conditions = [...wanted.conditions];
  const parameters: Parameters = { ...wanted.parameters, account: accountId, waybill_limit: limit };
  const keys = list.query.key.map((name) => keyOrder(list, name));
  const bound = (name: string, key: RowKey | null, direction: '>' | '<', orSame: boolean): void => {
    if (!key) return;
    const names = key.map((_, index) => `waybill_${name}_${index}`);
    const places = names.map((place) => `:${place}`);
    conditions.push(list.dialect.beyond(keys, direction, places, orSame));
    for (const [index, value] of key.entries()) parameters[names[index] ?? ''] = value;
  };
  bound('after', range.after, '>', false);
  bound('upTo', range.upTo, '<', true);
  const sql = `select * from ${derived(list)}${where(conditions)} order by ${keys.join(', ')} limit :waybill_limit`;
  return { sql, parameters };
}

/**
 * Number of rows of a data set, of rows without a whole key (which would be lost between pages), and of rows of the
 * account itself.
 */
export function countSql(list: KnownList, accountId: string, selection: Selection): BoundSql {
  const { conditions, parameters } = selectionSql(list, selection);
  const sql = `select count(*), ${keyless(list)}, ${own(list)} from ${derived(list)}${where(conditions)}`;
  return { sql, parameters: { ...parameters, account: accountId } };
}

/** For each job: number of files, their bytes, files without a whole key, and files of the account itself. */
export function amountsSql(list: KnownList, accountId: string, selection: Selection): BoundSql {
  const { conditions, parameters } = selectionSql(list, selection);
  const { dialect } = list;
  const job = `coalesce(${dialect.asText(dialect.quoted('job_id'))}, '')`;
  const bytes = `coalesce(sum(${dialect.quoted('size_bytes')}), 0)`;
  const sql = `select ${job}, count(*), ${bytes}, ${keyless(list)}, ${own(list)} from ${derived(list)}${where(conditions)} group by 1 order by 1`;
  return { sql, parameters: { ...parameters, account: accountId } };
}

function selectionSql(list: KnownList, selection: Selection) {
  const { query, dialect } = list;
  const conditions: string[] = [];
  const parameters: Parameters = {};
  const jobColumn = query.jobs ?? query.job;
  if (selection.jobs && jobColumn) {
    const places = addJobs(dialect, selection.jobs, parameters);
    const column = dialect.quoted(jobColumn);
    conditions.push(query.jobs ? dialect.anyJobIn(column, places) : dialect.jobIn(column, places));
  }
  for (const [name, sign] of [['from', '>='] as const, ['to', '<='] as const]) {
    const day = selection[name];
    if (!day || !query.date) continue;
    parameters[`waybill_${name}`] = day;
    const date = `substr(${dialect.asText(dialect.quoted(query.date))}, 1, 10)`;
    conditions.push(`${date} ${sign} :waybill_${name}`);
  }
  return { conditions, parameters };
}

function addJobs(dialect: Dialect, jobs: string[], parameters: Parameters): string[] {
  if (dialect.jobPlaces === 'one') {
    parameters.waybill_jobs = JSON.stringify(jobs);
    return [':waybill_jobs'];
  }
  return jobs.map((job, index) => {
    parameters[`waybill_job_${index}`] = job;
    return `:waybill_job_${index}`;
  });
}

function keyOrder({ columns, dialect }: KnownList, name: string): string {
  const column = columns.find((one) => one.name === name);
  const expression = dialect.quoted(name);
  return column ? dialect.inKeyOrder(column, expression) : expression;
}

function keyless({ query, dialect }: KnownList): string {
  const missing = query.key.map((column) => `${dialect.quoted(column)} is null`).join(' or ');
  return `count(case when ${missing} then 1 end)`;
}

/** A query that forgets the account counts what others have. */
function own({ query, dialect }: KnownList): string {
  return `count(case when ${dialect.asText(dialect.quoted(query.account))} = :account then 1 end)`;
}

function derived({ query }: KnownList): string {
  return `(${query.query}\n) as waybill`;
}

function where(conditions: string[]): string {
  return conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
}
