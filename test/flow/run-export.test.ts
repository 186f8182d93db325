import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import { ExportFailure, type FailureReason } from '../../src/domain/failure.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { createBuilder } from '../../src/flow/builder.ts';
import { createDeskActions } from '../../src/flow/desk-actions.ts';
import { createExportRunner } from '../../src/flow/run-export.ts';
import { lifeWorld, START } from '../support/life.ts';
import { newTicket } from '../support/tickets.ts';

let world: Awaited<ReturnType<typeof lifeWorld>>;
let submitted: Plan[];
let isQueueAway: boolean;

beforeEach(async () => {
  world = await lifeWorld();
  submitted = [];
  isQueueAway = false;
});
afterEach(() => world.end());

/** A runner on an approved ticket, over a queue that keeps what it is given. */
function approved() {
  const openPart = createZipParts({ spoolFolder: join(tmpdir(), 'waybill-spool') });
  const { source, store, clock } = world;
  const deps = {
    ...world,
    openPart,
    builder: createBuilder({ source, store, openPart, now: () => clock.now() }),
    queue: {
      start: async () => {},
      submit: async (plan: Plan) => {
        if (isQueueAway) throw new Error('The queue is away.');
        submitted.push(plan);
      },
      cancel: async () => {},
      close: async () => {},
    },
  };
  const approval = { by: 'Ann', at: START.toISOString(), options: DEFAULT_OPTIONS };
  const opened = deps.tickets.commit(
    {
      open: newTicket(START, { status: 'approved', approval }),
      history: [{ at: START, actor: 'desk:Ann', event: 'approve', detail: {} }],
    },
    START,
  );
  if (!opened.ok || !opened.ticket) throw new Error('not opened');
  return { deps, runner: createExportRunner(deps), number: opened.ticket.number };
}

/** Lets the runner begin, plan and submit. */
async function untilSubmitted(run: () => Promise<void>): Promise<Plan> {
  submitted = [];
  return vi.waitFor(async () => {
    await run();
    const plan = submitted.at(-1);
    if (!plan) throw new Error('nothing was submitted');
    return plan;
  });
}

async function failAndRetry(reason: FailureReason): Promise<[Plan, Plan]> {
  const { deps, runner, number } = approved();
  const first = await untilSubmitted(runner.buildDue);
  await runner.handlers.failed(first, new ExportFailure(reason, 'It went wrong.'));
  expect(deps.tickets.find(number)).toMatchObject({ status: 'failed', reason: 'It went wrong.' });
  await runner.buildDue();
  world.clock.jump(1);
  const clicked = await createDeskActions(deps).rebuild({ number, version: null, agent: 'Ann' });
  expect(clicked.ok).toBe(true);
  const second = await untilSubmitted(runner.buildDue);
  expect(deps.tickets.find(number)).toMatchObject({
    status: 'building',
    exportId: second.exportId,
  });
  expect(deps.exports.find(second.exportId)?.status).toBe('building');
  return [first, second];
}

test('an export that failed goes on where it was, so that what it finished is kept', async () => {
  const [first, second] = await failAndRetry('disk_full');
  expect(second).toEqual(first);
});

test('an export whose plan no longer fits is planned anew', async () => {
  const [first, second] = await failAndRetry('counts_differ');
  expect(second.exportId).not.toBe(first.exportId);
});

test('a queue that is away fails no export; it gets what is to be built when it is back', async () => {
  const { deps, runner, number } = approved();
  isQueueAway = true;
  await vi.waitFor(async () => {
    await runner.buildDue();
    expect(deps.log.texts('debug')).toContain('export not submitted yet');
  });
  expect(deps.tickets.find(number)?.status).toBe('building');
  isQueueAway = false;
  const plan = await untilSubmitted(runner.buildDue);
  expect(plan.exportId).toBe(deps.tickets.find(number)?.exportId);
});

test('what is being planned is stopped by a cancellation, and by the end of the bot, without a failure', async () => {
  const { deps, number } = approved();
  const stopped: string[] = [];
  const runner = createExportRunner({
    ...deps,
    builder: {
      plan: ({ exportId }, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped.push(exportId);
            reject(new ExportFailure('cancelled', 'It was stopped.'));
          });
        }),
    },
  });
  await runner.buildDue();
  const { exportId } = deps.tickets.find(number) ?? {};
  await runner.stop();
  expect(stopped).toEqual([exportId]);
  expect(deps.tickets.find(number)?.status).toBe('building');
  await runner.buildDue();
  await createDeskActions(deps).cancel({ number, version: null, agent: 'Ann' }, 'Not needed.');
  await runner.buildDue();
  expect(stopped).toEqual([exportId, exportId]);
  expect(deps.tickets.find(number)?.status).toBe('cancelled');
});
