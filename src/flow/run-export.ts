import { asApproved } from '../domain/approval.ts';
import { asFailure } from '../domain/failure.ts';
import { say } from '../domain/message.ts';
import { buildFailed } from '../domain/phrases/build.ts';
import type { Plan, Progress } from '../domain/plan.ts';
import { act, canDo, type Ticket } from '../domain/ticket.ts';
import type { BuildHandlers } from '../ports/job-queue.ts';
import { buildPart } from './build-part.ts';
import { deliver } from './deliver.ts';
import type { Deps } from './deps.ts';
import { finishExport } from './finish-export.ts';
import { planExport } from './plan-export.ts';
import { findPlan, findReceipt } from './stored-export.ts';

const PROGRESS_EVERY_MS = 1000;

/** Takes approved tickets through planning and building to delivery, and goes on with those that a crash interrupted. */
export function createExportRunner(deps: Deps): {
  /** Begins to build what is approved, and goes on with what was being built. Safe to repeat; call it often. */
  buildDue(): Promise<void>;
  handlers: BuildHandlers;
} {
  /** Tickets that this process has taken up, by export; a rebuild is another export. */
  const taken = new Set<string>();
  const progressWrittenAt = new Map<string, number>();

  async function buildDue(): Promise<void> {
    for (const ticket of deps.tickets.list({ statuses: ['approved'] })) begin(deps, ticket);
    const building = deps.tickets.list({ statuses: ['building'] });
    for (const ticket of building.reverse()) await goOn(ticket);
  }

  async function goOn(ticket: Ticket): Promise<void> {
    const id = ticket.exportId;
    if (!id || taken.has(id)) return;
    taken.add(id);
    try {
      const plan = deps.exports.find(id)?.plan ?? (await makePlan(deps, ticket, id));
      if (isStillBuilding(deps, plan)) await deps.queue.submit(plan);
    } catch (error) {
      await fail(deps, ticket.number, id, error);
    }
  }

  function writeProgress(plan: Plan, progress: Progress): void {
    const last = progressWrittenAt.get(plan.exportId) ?? 0;
    const isLast = progress.parts.done === progress.parts.total;
    if (!isLast && Date.now() - last < PROGRESS_EVERY_MS) return;
    progressWrittenAt.set(plan.exportId, Date.now());
    deps.exports.progress(plan.exportId, progress, deps.clock.now());
  }

  const handlers: BuildHandlers = {
    buildPart: async (plan, part, signal, onProgress) => {
      const receipt =
        (await findReceipt(deps.store, plan, part)) ??
        (await buildPart({
          plan,
          part,
          source: deps.source,
          store: deps.store,
          openPart: deps.openPart,
          now: deps.clock.now,
          signal,
          onProgress,
        }));
      deps.exports.built(plan.exportId, receipt);
      return receipt;
    },

    allBuilt: async (plan, receipts) => {
      const ticket = ticketOf(deps, plan);
      if (!ticket || !isStillBuilding(deps, plan)) return;
      const now = deps.clock.now();
      const { files } = await finishExport({ plan, receipts, store: deps.store, now });
      await deliver(deps, ticket, { plan, receipts, files });
      deps.exports.end(plan.exportId, 'finished', deps.clock.now());
      taken.delete(plan.exportId);
    },

    progress: writeProgress,

    failed: async (plan, error) => {
      const ticket = ticketOf(deps, plan);
      if (ticket) await fail(deps, ticket.number, plan.exportId, error);
      taken.delete(plan.exportId);
    },
  };

  return { buildDue, handlers };
}

function begin(deps: Deps, ticket: Ticket): void {
  const now = deps.clock.now();
  const id = `ticket-${ticket.number}-${now.getTime().toString(36)}`;
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
  if (done.ok) deps.exports.start({ id, ticketNumber: ticket.number }, now);
}

async function makePlan(deps: Deps, ticket: Ticket, exportId: string): Promise<Plan> {
  const now = deps.clock.now();
  if (!deps.exports.find(exportId)) {
    deps.exports.start({ id: exportId, ticketNumber: ticket.number }, now);
  }
  const order = asApproved(ticket);
  const { source, store } = deps;
  const plan =
    (await findPlan(store, exportId)) ??
    (await planExport({ order, exportId, accountName: ticket.accountName, source, store, now }));
  deps.exports.planned(exportId, plan);
  return plan;
}

function ticketOf(deps: Deps, plan: Plan): Ticket | null {
  const run = deps.exports.find(plan.exportId);
  return run ? deps.tickets.find(run.ticketNumber) : null;
}

function isStillBuilding(deps: Deps, plan: Plan): boolean {
  const ticket = ticketOf(deps, plan);
  return ticket?.status === 'building' && ticket.exportId === plan.exportId;
}

async function fail(deps: Deps, number: number, exportId: string, error: unknown): Promise<void> {
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
        { to: 'thread', thread: ticket.thread, message: say(buildFailed(ticket)) },
        {
          to: 'desk',
          notice: { level: 'alarm', text: `${failure.message} ${failure.nextStep}` },
        },
      ],
    },
    now,
  );
}
