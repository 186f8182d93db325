import type { FieldPacket } from 'mysql2';
import type { QueryPlan, RawValue } from './database.ts';

type Ask = (sql: string) => Promise<{ fields: FieldPacket[]; rows: RawValue[][] }>;

/** With fewer rows the database may well leave an index aside that it has. */
const SMALL_TABLE_ROWS = 5_000;

/** How a query would run. */
export async function planOf(ask: Ask, sql: string): Promise<QueryPlan> {
  const { fields, rows } = await ask(`explain ${sql}`);
  const steps = rows.map((row) =>
    Object.fromEntries(fields.map(({ name }, index) => [name, String(row[index] ?? '')])),
  );
  const isRead = (step: Step): boolean => /^(ALL|index)$/.test(step.type ?? '');
  const hasOther = (step: Step): boolean =>
    step.possible_keys !== '' && Number(step.rows) < SMALL_TABLE_ROWS;
  const isTable = (step: Step): boolean => !/^<|^$/.test(step.table ?? '');
  return {
    scans: steps
      .filter((step) => isRead(step) && isTable(step) && !hasOther(step))
      // An index that is read in its order is read from where the page begins.
      .filter((step) => !(step.type === 'index' && step.key === 'PRIMARY'))
      .map((step) => step.table ?? ''),
    sorts: steps.some(
      (step) => /filesort/.test(step.Extra ?? '') && Number(step.rows) >= SMALL_TABLE_ROWS,
    ),
    materializes: steps.some((step) => /^(DERIVED|UNION)/.test(step.select_type ?? '')),
  };
}

type Step = Record<string, string>;
