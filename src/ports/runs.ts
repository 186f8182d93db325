/** When each job of the schedule ran last, so that one missed while the process was down is done at the next start. */
export interface Runs {
  lastRunAt(job: string): Date | null;
  ran(job: string, now: Date): void;
}
