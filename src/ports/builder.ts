import type { Approved, ExportOrder } from '../domain/approval.ts';
import type { Selection, SourceTotals } from '../domain/content.ts';
import type { MissingFile, Plan } from '../domain/plan.ts';
import type { PartBuilder } from './job-queue.ts';

/** An export to be planned. */
export type PlanJob = {
  order: Approved<ExportOrder>;
  exportId: string;
  accountName: string;
  now: Date;
  /** What a supplement is to hold. */
  only?: readonly MissingFile[];
};

/** The work that takes minutes, or would hold up whoever waits for an answer. */
export interface Builder {
  /** Plans an export and keeps the plan in the store; finds it when it is there. */
  plan(job: PlanJob, signal: AbortSignal): Promise<Plan>;
  part: PartBuilder;
  /** What an account holds; see `Source`. */
  totals(accountId: string, selection: Selection): Promise<SourceTotals>;
  /** Breaks off what is running, and ends. */
  close(): Promise<void>;
}
