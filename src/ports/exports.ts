import type { Plan, Progress, Receipt } from '../domain/plan.ts';

/** A file of a finished export that gets a link: a part, or the manifest and its companions. */
export type ExportFile = {
  name: string;
  /** 'part', or what the small file is. */
  kind: 'part' | 'manifest' | 'signature' | 'sums' | 'missing';
  sizeBytes: number;
  sha256: string;
};

export type ExportRun = {
  id: string;
  ticketNumber: number;
  status: 'planning' | 'building' | 'finished' | 'failed' | 'cancelled' | 'removed';
  plan: Plan | null;
  progress: Progress | null;
  /** When progress was last written. */
  progressAt: Date | null;
  startedAt: Date;
  finishedAt: Date | null;
};

/** The runs of the pipeline, as the bot knows them. The bytes and receipts lie in the export store. */
export interface ExportRuns {
  start(run: { id: string; ticketNumber: number }, now: Date): ExportRun;
  find(id: string): ExportRun | null;
  planned(id: string, plan: Plan): void;
  progress(id: string, progress: Progress, now: Date): void;
  /** Stores the receipt of a finished part; safe to repeat. */
  built(id: string, receipt: Receipt): void;
  receipts(id: string): Receipt[];
  end(id: string, status: 'finished' | 'failed' | 'cancelled' | 'removed', now: Date): void;
  /** Bytes a second of past exports, for the estimate: the median of the last ten; null when there was none. */
  bytesPerSecond(): number | null;
}
