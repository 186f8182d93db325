import { createTask, validate } from 'node-cron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSchedule, JOBS, type Schedule, type ScheduledJob } from '../src/schedule.ts';
import { type LifeWorld, lifeWorld } from './support/life.ts';

let world: LifeWorld;
let schedule: Schedule | null;

beforeEach(async () => {
  world = await lifeWorld();
  schedule = null;
});

afterEach(async () => {
  await schedule?.stop();
  await world.end();
  vi.useRealTimers();
});

function made(...jobs: ScheduledJob<LifeWorld>[]): Schedule {
  schedule = createSchedule(world, jobs);
  return schedule;
}

const job = (name: string, flow: () => Promise<unknown>, cron = '0 4 * * *') => ({
  name,
  cron,
  flow,
});

/** A flow that says when it began and ends when it is told to. */
function held() {
  let begun = 0;
  let release = () => {};
  const flow = () => {
    begun += 1;
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  return { flow, begun: () => begun, release: () => release() };
}

describe('the table', () => {
  test('has one line for each job, each at least once a day', () => {
    const names = JOBS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { cron } of JOBS) {
      expect(validate(cron)).toBe(true);
      const task = createTask(cron, () => {});
      const minutes = Array.from({ length: 1440 }, (_, n) => new Date(2026, 2, 2, 0, n));
      expect(minutes.some((minute) => task.match(minute))).toBe(true);
      void task.destroy();
    }
  });

  test('runs a ticket from delivery to purge by the clock alone', async () => {
    const { ticket, exportId } = await world.delivered();
    schedule = createSchedule(world, JOBS);
    for (let day = 0; day < 15; day++) {
      world.clock.jump(24);
      await schedule.runDue();
    }
    expect(world.find(ticket.number).status).toBe('purged');
    expect(await world.store.list(`${exportId}/`)).toEqual([]);
    await world.dispatcher.drain();
    expect(world.mailer.mails.map(({ subject }) => subject)).toEqual([
      // To the requester and to the other admin, twice.
      ...Array(4).fill('warning'),
      'expired',
      'purged',
    ]);
    expect(world.log.texts('error')).toEqual([]);
  });
});

describe('after a start', () => {
  const ran: string[] = [];
  const note = (name: string, cron?: string) => job(name, async () => ran.push(name), cron);

  beforeEach(() => {
    ran.length = 0;
  });

  test('a job that was missed is done once, in the order of the table', async () => {
    const now = world.clock.now();
    world.runs.ran('daily', now);
    world.runs.ran('hourly', now);
    world.runs.ran('yearly', now);
    world.clock.jump(24);
    await made(note('daily'), note('hourly', '0 * * * *'), note('yearly', '0 0 1 1 *')).start();
    expect(ran).toEqual(['daily', 'hourly']);
    await schedule?.stop();
    await made(note('daily'), note('hourly', '0 * * * *')).start();
    expect(ran).toEqual(['daily', 'hourly']);
  });

  test('a job that was not missed is not done', async () => {
    world.runs.ran('daily', world.clock.now());
    world.clock.jump(0.5);
    await made(note('daily')).start();
    expect(ran).toEqual([]);
  });

  test('a job that never ran is done', async () => {
    await made(note('daily')).start();
    expect(ran).toEqual(['daily']);
    expect(world.runs.lastRunAt('daily')).toEqual(world.clock.now());
  });

  test('a job that failed counts as missed', async () => {
    let broken = true;
    const flaky = job('flaky', async () => {
      if (broken) throw new Error('broken');
      ran.push('flaky');
    });
    await made(flaky).start();
    await schedule?.stop();
    broken = false;
    await made(flaky).start();
    expect(ran).toEqual(['flaky']);
  });
});

test('an error in one job is logged and does not stop the others', async () => {
  const ran: string[] = [];
  await made(
    job('broken', async () => {
      throw new Error('broken');
    }),
    job('fine', async () => ran.push('fine')),
  ).runDue();
  expect(ran).toEqual(['fine']);
  expect(world.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
    { text: 'job failed', fields: { job: 'broken' } },
  ]);
});

test('a job whose time comes while it is running is left out', async () => {
  vi.useFakeTimers({ now: new Date(2026, 2, 2, 3, 59, 30) });
  const slow = held();
  world.runs.ran('slow', world.clock.now());
  await made(job('slow', slow.flow, '* * * * *')).start();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(slow.begun()).toBe(1);
  slow.release();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slow.begun()).toBe(2);
  slow.release();
});

test('running all of them now waits for one that is running, and runs it again', async () => {
  const slow = held();
  const all = made(job('slow', slow.flow));
  const first = all.runDue();
  const second = all.runDue();
  const third = all.runDue();
  expect(slow.begun()).toBe(1);
  slow.release();
  await first;
  await vi.waitFor(() => expect(slow.begun()).toBe(2));
  slow.release();
  await vi.waitFor(() => expect(slow.begun()).toBe(3));
  slow.release();
  await Promise.all([second, third]);
});

test('stopping waits for what is running and begins nothing more', async () => {
  const slow = held();
  const other = held();
  const all = made(job('slow', slow.flow), job('other', other.flow));
  const running = all.runDue();
  const stopping = all.stop();
  slow.release();
  await Promise.all([running, stopping]);
  expect(other.begun()).toBe(0);
});
