import type { Plan, Progress, Receipt } from '../domain/plan.ts';

/** A part of an export. Its plan lies in the export store, so that this is all that has to travel. */
export type PartRef = { exportId: string; number: number };

/** How much of a part is done, in planned bytes. */
export type PartProgress = { files: number; bytes: number };

/**
 * Builds one part, or finds its receipt. Rejects when it cannot, with an error that `asFailure` understands, and
 * soon after the signal is aborted.
 */
export type PartBuilder = (
  part: PartRef,
  signal: AbortSignal,
  onProgress: (done: PartProgress) => void,
) => Promise<Receipt>;

/** What a queue asks and tells the bot. Each may be called again after a crash. */
export type BuildHandlers = {
  /** The plan of an export that was submitted, perhaps before a restart; null when there is none. */
  findPlan(exportId: string): Promise<Plan | null>;
  /** Every part has its receipt; they come in the order of the parts. */
  allBuilt(plan: Plan, receipts: Receipt[]): Promise<void>;
  progress(plan: Plan, progress: Progress): void;
  /** Said once for an export, which is then stopped. What may pass by itself was tried again before. */
  failed(plan: Plan, error: unknown): Promise<void>;
};

/** Has the parts of exports built, in this process or on other machines. */
export interface JobQueue {
  start(handlers: BuildHandlers): Promise<void>;
  /**
   * Takes an export; parts with a receipt are not built again. To be called again and again while the export is being
   * built: mostly that changes nothing, and what a queue has lost is taken up again.
   */
  submit(plan: Plan): Promise<void>;
  /** Stops an export's parts within seconds. */
  cancel(exportId: string): Promise<void>;
  /** Finishes or gives back what is being built, and stops. */
  close(): Promise<void>;
}

/** Takes parts that a bot elsewhere has put into a queue. */
export interface PartWorker {
  /** Finishes or gives back what is being built, and stops. */
  close(): Promise<void>;
}
