import { createTask, type ScheduledTask } from 'node-cron';
import { accessDue } from './flow/access-due.ts';
import { delayDue } from './flow/delay.ts';
import type { Deps } from './flow/deps.ts';
import { digestDue } from './flow/digest.ts';
import { expireDue } from './flow/expire.ts';
import { lapseDue } from './flow/lapse.ts';
import { nudgeDue } from './flow/nudge.ts';
import { pruneDue } from './flow/prune.ts';
import { purgeDue } from './flow/purge.ts';
import { remindDue } from './flow/remind.ts';
import { repairDue } from './flow/repair.ts';
import { settleHolds } from './flow/settle-holds.ts';

/** Something that is done again and again: when, as a cron expression, and what. Each is safe to repeat at any time. */
export type ScheduledJob<Needs = Deps> = {
  name: string;
  cron: string;
  flow: (deps: Needs) => Promise<unknown>;
};

type FlowDeps = Pick<
  Deps,
  | 'tickets'
  | 'grants'
  | 'pruning'
  | 'access'
  | 'exports'
  | 'links'
  | 'ats'
  | 'source'
  | 'store'
  | 'queue'
  | 'desk'
  | 'runs'
  | 'clock'
  | 'log'
>;

/** All periodic work, in the order in which things happen to a ticket. Each job runs once a day at least. */
export const JOBS: readonly ScheduledJob<FlowDeps>[] = [
  { name: 'access', cron: '* * * * *', flow: accessDue },
  { name: 'settle', cron: '*/5 * * * *', flow: settleHolds },
  { name: 'delay', cron: '*/10 * * * *', flow: delayDue },
  { name: 'nudge', cron: '*/10 * * * *', flow: nudgeDue },
  { name: 'remind', cron: '*/5 * * * *', flow: remindDue },
  { name: 'repair', cron: '* * * * *', flow: repairDue },
  { name: 'expire', cron: '* * * * *', flow: expireDue },
  { name: 'purge', cron: '*/10 * * * *', flow: purgeDue },
  { name: 'lapse', cron: '*/10 * * * *', flow: lapseDue },
  { name: 'prune', cron: '30 3 * * *', flow: pruneDue },
  { name: 'digest', cron: '*/10 * * * *', flow: digestDue },
];

export type Schedule = {
  /** Runs the jobs at their times, and once now those that were missed while the process was down. */
  start(): Promise<void>;
  /** Runs all jobs now, one after the other: after the clock was moved, and in tests. */
  runDue(): Promise<void>;
  /** Begins nothing more and waits for what is running. */
  stop(): Promise<void>;
};

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

export function createSchedule<Needs extends Pick<Deps, 'runs' | 'clock' | 'log'>>(
  deps: Needs,
  jobs: readonly ScheduledJob<Needs>[],
): Schedule {
  const running = new Map<string, Promise<void>>();
  const tasks = jobs.map((job) => ({
    job,
    task: createTask(job.cron, () => tick(job), { name: job.name, suppressMissedWarning: true }),
  }));
  let stopped = false;

  async function start(): Promise<void> {
    for (const { task } of tasks) await task.start();
    for (const { job, task } of tasks) {
      const lastRunAt = deps.runs.lastRunAt(job.name);
      if (wasMissed(task, lastRunAt, deps.clock.now())) await runAfterOthers(job);
    }
  }

  /** At the time of the job; when it is still running it is left out. */
  async function tick(job: ScheduledJob<Needs>): Promise<void> {
    if (!running.has(job.name)) await run(job);
  }

  async function runDue(): Promise<void> {
    for (const job of jobs) await runAfterOthers(job);
  }

  /** A run that began before the clock was moved has not seen what is due now, so that another one follows it. */
  async function runAfterOthers(job: ScheduledJob<Needs>): Promise<void> {
    for (let other = running.get(job.name); other; other = running.get(job.name)) await other;
    await run(job);
  }

  async function run(job: ScheduledJob<Needs>): Promise<void> {
    if (stopped) return;
    const work = logged(job).finally(() => running.delete(job.name));
    running.set(job.name, work);
    await work;
  }

  async function logged(job: ScheduledJob<Needs>): Promise<void> {
    const startedAt = deps.clock.now();
    try {
      const result = await job.flow(deps);
      deps.runs.ran(job.name, startedAt);
      deps.log.debug({ job: job.name, result }, 'job done');
    } catch (error) {
      deps.log.error({ job: job.name, error }, 'job failed');
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    for (const { task } of tasks) await task.destroy();
    await Promise.all(running.values());
  }

  return { start, runDue, stop };
}

/** True when one of the job's times lies between its last run and now. */
function wasMissed(task: ScheduledTask, lastRunAt: Date | null, now: Date): boolean {
  if (!lastRunAt) return true;
  const first = Math.floor(lastRunAt.getTime() / MINUTE_MS) + 1;
  const last = Math.floor(now.getTime() / MINUTE_MS);
  if (last - first >= DAY_MINUTES) return true;
  for (let minute = first; minute <= last; minute++) {
    if (task.match(new Date(minute * MINUTE_MS))) return true;
  }
  return false;
}
