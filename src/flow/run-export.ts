import { setImmediate } from 'node:timers/promises';
import { asApproved } from '../domain/approval.ts';
import { asFailure, ExportFailure } from '../domain/failure.ts';
import { say } from '../domain/message.ts';
import { buildFailed } from '../domain/phrases/build.ts';
import type { Plan, Progress } from '../domain/plan.ts';
import { mainExportId, supplementNumber } from '../domain/supplement.ts';
import { type Action, act, canDo, type Ticket } from '../domain/ticket.ts';
import type { BuildHandlers } from '../ports/job-queue.ts';
import { deliver } from './deliver.ts';
import type { Deps } from './deps.ts';
import { finishExport } from './finish-export.ts';
import { stillLacking } from './remedy.ts';
import { deliverSupplement, failSupplement, isSupplementDue } from './run-supplement.ts';

const PROGRESS_EVERY_MS = 1000;

export type ExportRunner = {
  /** Begins to build what is approved, and goes on with what was being built. Safe to repeat; call it often. */
  buildDue(): Promise<void>;
  handlers: BuildHandlers;
  /** Breaks off what is being planned; it is planned again at the next start. */
  stop(): Promise<void>;
};

/** Takes approved tickets through planning and building to delivery, and goes on with those that a crash interrupted. */
export function createExportRunner(deps: Deps): ExportRunner {
  /** Exports that this process has taken up; a rebuild is another export. */
  const plans = new Map<string, Plan>();
  const planning = new Map<string, { stop: AbortController; done: Promise<void> }>();
  const progressWrittenAt = new Map<string, number>();

  async function buildDue(): Promise<void> {
    for (const ticket of deps.tickets.list({ statuses: ['approved'] })) begin(deps, ticket);
    const building = new Map<string, Ticket>();
    for (const ticket of deps.tickets.list({ statuses: ['building'] }).reverse()) {
      if (ticket.exportId) building.set(ticket.exportId, ticket);
    }
    for (const { id, ticketNumber } of deps.supplements.pending()) {
      const ticket = deps.tickets.find(ticketNumber);
      if (ticket) building.set(id, ticket);
    }
    forgetAllBut(building);
    for (const [id, ticket] of building) {
      const plan = plans.get(id);
      if (plan && isBuilding(deps, ticket.number, id)) await submit(plan);
      else if (!plan && !planning.has(id)) beginPlanning(ticket, id);
    }
  }

  function forgetAllBut(building: ReadonlyMap<string, Ticket>): void {
    for (const [id, { stop }] of planning) if (!building.has(id)) stop.abort();
    for (const id of plans.keys()) {
      if (building.has(id)) continue;
      plans.delete(id);
      progressWrittenAt.delete(id);
    }
  }

  /** Takes minutes for millions of files, while other exports go on. */
  function beginPlanning(ticket: Ticket, id: string): void {
    const stop = new AbortController();
    const done = plan(ticket, id, stop.signal).finally(() => planning.delete(id));
    planning.set(id, { stop, done });
  }

  async function plan(ticket: Ticket, id: string, signal: AbortSignal): Promise<void> {
    try {
      const made = deps.exports.find(id)?.plan ?? (await makePlan(deps, ticket, id, signal));
      if (signal.aborted) return;
      deps.exports.planned(id, made);
      plans.set(id, made);
    } catch (error) {
      // Whoever stopped it knows why.
      if (!signal.aborted) await fail(deps, ticket.number, id, error);
    }
  }

  /** Again and again, because a queue on another machine may have lost everything. Its own faults are no export's. */
  async function submit(plan: Plan): Promise<void> {
    try {
      await deps.queue.submit(plan);
    } catch (error) {
      deps.log.debug({ exportId: plan.exportId, error }, 'export not submitted yet');
    }
  }

  async function stop(): Promise<void> {
    const running = [...planning.values()];
    for (const { stop } of running) stop.abort();
    await Promise.allSettled(running.map(({ done }) => done));
  }

  function writeProgress(plan: Plan, progress: Progress): void {
    const last = progressWrittenAt.get(plan.exportId) ?? 0;
    const isLast = progress.parts.done === progress.parts.total;
    if (!isLast && Date.now() - last < PROGRESS_EVERY_MS) return;
    progressWrittenAt.set(plan.exportId, Date.now());
    deps.exports.progress(plan.exportId, progress, deps.clock.now());
  }

  const handlers: BuildHandlers = {
    findPlan: async (exportId) => deps.exports.find(exportId)?.plan ?? null,

    allBuilt: async (plan, receipts) => {
      const ticket = ticketOf(deps, plan);
      if (!ticket || !isBuilding(deps, ticket.number, plan.exportId)) return;
      const now = deps.clock.now();
      for (const receipt of receipts) {
        deps.exports.built(plan.exportId, receipt);
        // Hundreds of them; others want to be served in between.
        await setImmediate();
      }
      const { files } = await finishExport({ ...deps, plan, receipts, now });
      if (plan.supplement) deliverSupplement(deps, ticket.number, { plan, receipts, files });
      else await deliver(deps, ticket, { plan, receipts, files });
      deps.exports.end(plan.exportId, 'finished', deps.clock.now());
    },

    progress: writeProgress,

    failed: async (plan, error) => {
      const ticket = ticketOf(deps, plan);
      if (ticket) await fail(deps, ticket.number, plan.exportId, error);
    },
  };

  return { buildDue, handlers, stop };
}

function begin(deps: Deps, ticket: Ticket): void {
  const now = deps.clock.now();
  const kept = keptRun(deps, ticket);
  const id = kept?.id ?? `ticket-${ticket.number}-${now.getTime().toString(36)}`;
  const step = act(
    ticket,
    'build',
    { now, actor: 'bot', detail: { exportId: id } },
    { exportId: id },
  );
  // When somebody cancelled in the meantime the change is refused, and there is nothing to build.
  const done = deps.tickets.commit(
    { ticket: step, history: [step.entry], outbox: [{ to: 'desk', notice: null }] },
    now,
  );
  if (!done.ok) return;
  if (kept) deps.exports.planned(id, kept.plan);
  else deps.exports.start({ id, ticketNumber: ticket.number }, now);
}

/** After these the same plan would only fail again. */
const NEEDS_NEW_PLAN: readonly unknown[] = [
  'counts_differ',
  'plan_lost',
  'foreign_row',
  'part_too_large',
];

/** The run that failed, when its plan is still good: then what it finished is not built again. */
function keptRun(deps: Deps, ticket: Ticket): { id: string; plan: Plan } | null {
  const history = deps.tickets.history(ticket.number);
  const asked = history.findLast(({ event }) => BUILD_EVENTS.includes(event));
  const failed = history.findLast(({ event }) => event === 'fail');
  if (asked?.event !== 'retry' || NEEDS_NEW_PLAN.includes(failed?.detail.reason)) return null;
  const run = ticket.exportId ? deps.exports.find(ticket.exportId) : null;
  return run?.plan ? { id: run.id, plan: run.plan } : null;
}

const BUILD_EVENTS: readonly string[] = ['approve', 'retry', 'rebuild'] satisfies Action[];

async function makePlan(
  deps: Deps,
  ticket: Ticket,
  exportId: string,
  signal: AbortSignal,
): Promise<Plan> {
  const now = deps.clock.now();
  if (!deps.exports.find(exportId)) {
    deps.exports.start({ id: exportId, ticketNumber: ticket.number }, now);
  }
  const order = asApproved(ticket);
  const job = { order, exportId, accountName: ticket.accountName, now };
  const isSupplement = supplementNumber(exportId) !== null;
  const only = isSupplement ? stillLacking(deps, mainExportId(exportId)) : null;
  const plan = await deps.builder.plan({ ...job, ...(only && { only }) }, signal);
  if (only && plan.parts.length === 0) throw nothingFound(only.length);
  return plan;
}

function nothingFound(count: number): ExportFailure {
  return new ExportFailure(
    'gone_for_good',
    `None of the ${count} missing files and rows is in the account any more.`,
  );
}

function ticketOf(deps: Deps, plan: Plan): Ticket | null {
  const run = deps.exports.find(plan.exportId);
  return run ? deps.tickets.find(run.ticketNumber) : null;
}

function isBuilding(deps: Deps, number: number, exportId: string): boolean {
  const ticket = deps.tickets.find(number);
  if (ticket?.status === 'building' && ticket.exportId === exportId) return true;
  return isSupplementDue(deps, ticket, exportId);
}

async function fail(deps: Deps, number: number, exportId: string, error: unknown): Promise<void> {
  if (supplementNumber(exportId) !== null) return failSupplement(deps, number, exportId, error);
  const failure = asFailure(error);
  deps.log.error({ ticket: number, reason: failure.reason, error }, 'export failed');
  const now = deps.clock.now();
  deps.exports.end(exportId, 'failed', now);
  const ticket = deps.tickets.find(number);
  if (!ticket || ticket.exportId !== exportId || !canDo(ticket, 'fail')) return;
  const step = act(
    ticket,
    'fail',
    { now, actor: 'bot', detail: { reason: failure.reason } },
    { reason: failure.message },
  );
  deps.tickets.commit(
    {
      ticket: step,
      history: [step.entry],
      outbox: [
        {
          to: 'thread',
          thread: ticket.thread,
          message: say(buildFailed(ticket.language, ticket), [], ticket.language),
        },
        {
          to: 'desk',
          notice: { level: 'alarm', text: `${failure.message} ${failure.nextStep}` },
        },
      ],
    },
    now,
  );
}
