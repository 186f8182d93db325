import { z } from 'zod';
import type { QueryPlan, RawValue } from './database.ts';

type Ask = (sql: string) => Promise<{ rows: RawValue[][] }>;

type Node = {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  Plans?: Node[] | undefined;
};
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
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
        .filter((one) => one['Node Type'] === 'Seq Scan')
        .map((one) => one['Relation Name'] ?? 'a table'),
      sorts: nodes.some((one) => /Sort$/.test(one['Node Type'])),
      materializes: nodes.some((one) => /^(CTE Scan|WindowAgg|Unique)$/.test(one['Node Type'])),
    };
  } finally {
    await ask('reset enable_seqscan');
    await ask('reset enable_sort');
  }
}

function allNodes(root: Node): Node[] {
  return [root, ...(root.Plans ?? []).flatMap(allNodes)];
}
