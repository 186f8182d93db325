import type { Plan, PlannedPart, Progress, Receipt } from '../domain/plan.ts';

/** What a queue calls. Each may be called again after a crash. */
export type BuildHandlers = {
  buildPart(
    plan: Plan,
    part: PlannedPart,
    signal: AbortSignal,
    onProgress: (done: { files: number; bytes: number }) => void,
  ): Promise<Receipt>;
  /** Every part has its receipt. */
  allBuilt(plan: Plan, receipts: Receipt[]): Promise<void>;
  progress(plan: Plan, progress: Progress): void;
  failed(plan: Plan, error: unknown): Promise<void>;
};

/** Builds the parts of exports, in this process or on other machines. */
export interface JobQueue {
  start(handlers: BuildHandlers): Promise<void>;
  /** Takes an export; parts with a receipt are not built again. Safe to repeat. */
  submit(plan: Plan): Promise<void>;
  /** Stops an export's parts within seconds. */
  cancel(exportId: string): Promise<void>;
  /** Finishes or gives back what is being built, and stops. */
  close(): Promise<void>;
}
