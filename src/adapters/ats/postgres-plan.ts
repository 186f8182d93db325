import { z } from 'zod';
import type { QueryPlan, RawValue } from './database.ts';

type Ask = (sql: string) => Promise<{ rows: RawValue[][] }>;

type Node = {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Index Cond'?: string | undefined;
  Plans?: Node[] | undefined;
};
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Index Cond': z.string().optional(),
    Plans: z.array(node).optional(),
  }),
);
const explained = z.tuple([z.object({ Plan: node })]);

/** How a query would run, told apart from how it would run on a table so small that an index is not worth it. */
export async function planOf(ask: Ask, sql: string): Promise<QueryPlan> {
  await ask('set enable_seqscan = off');
  await ask('set enable_sort = off');
  try {
    const { rows } = await ask(`explain (format json) ${sql}`);
    const [{ Plan: root }] = explained.parse(JSON.parse(String(rows[0]?.[0])));
    const nodes = allNodes(root);
    return {
      scans: nodes
        .filter(isFullScan)
        .map((one) => one['Relation Name'] ?? `the index ${one['Index Name']}`),
      // An incremental sort goes on from an index, and stops with the page.
      sorts: nodes.some((one) => one['Node Type'] === 'Sort'),
      materializes: nodes.some((one) => /^(CTE Scan|WindowAgg|Unique)$/.test(one['Node Type'])),
    };
  } finally {
    await ask('reset enable_seqscan');
    await ask('reset enable_sort');
  }
}

/** An index that is read without a condition is read whole. */
function isFullScan(one: Node): boolean {
  const type = one['Node Type'];
  return type === 'Seq Scan' || (/^(Bitmap )?Index (Only )?Scan$/.test(type) && !one['Index Cond']);
}

function allNodes(root: Node): Node[] {
  return [root, ...(root.Plans ?? []).flatMap(allNodes)];
}
