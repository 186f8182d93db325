import { type ExportOptions, FLAGS } from './options.ts';

/** What is exported: an account, with options. A ticket is one of these. */
export type ExportOrder = { accountId: string; options: ExportOptions };

declare const approved: unique symbol;
/** An order that somebody with the right to do so has approved. Made in this file only; planning takes nothing else. */
export type Approved<T extends ExportOrder> = T & { readonly [approved]: true };

/** Who approved what, as it stands with the ticket. */
export type Approval = { by: string; at: string; options: ExportOptions };

/**
 * A stored ticket as an approved one.
 * @throws Error when its options are not the ones that were approved: what nobody approved is not built.
 */
export function asApproved<T extends ExportOrder & { approval: Approval | null }>(
  order: T,
): Approved<T> {
  if (!order.approval) throw new Error('Nobody approved this export.');
  if (!sameOptions(order.approval.options, order.options)) {
    throw new Error('The options were changed after the approval; approve the ticket again.');
  }
  return order as unknown as Approved<T>;
}

/** Whoever runs the command line on the server has the database and the files already: running the command approves it. */
export function approvedByOperator<T extends ExportOrder>(order: T): Approved<T> {
  return order as unknown as Approved<T>;
}

function sameOptions(a: ExportOptions, b: ExportOptions): boolean {
  const canonical = (o: ExportOptions) =>
    JSON.stringify([
      o.sections,
      o.jobs,
      o.from,
      o.to,
      o.partSizeBytes,
      o.windowDays,
      ...FLAGS.map((flag) => o[flag] ?? false),
    ]);
  return canonical(a) === canonical(b);
}
