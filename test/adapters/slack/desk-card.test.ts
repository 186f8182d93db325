import { describe, expect, test } from 'vitest';
import { buildingText, slackCard } from '../../../src/adapters/slack/desk/card.ts';
import { homeBlocks } from '../../../src/adapters/slack/desk/home.ts';
import {
  jobOptions,
  optionsForm,
  readOptions,
} from '../../../src/adapters/slack/desk/options-form.ts';
import type { Job } from '../../../src/domain/account.ts';
import { ticketCard } from '../../../src/domain/card.ts';
import { say } from '../../../src/domain/message.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { CHECKS } from '../../support/desk-tickets.ts';
import { START } from '../../support/slack-desk.ts';
import { newTicket } from '../../support/tickets.ts';

const JOBS: Job[] = Array.from({ length: 200 }, (_, place) => ({
  id: `job-${place}`,
  title: `${place} ${'وظيفة & <b> '.repeat(60)}`.slice(0, 500),
}));

function hardTicket(patch: Partial<Ticket> = {}): Ticket {
  const base = newTicket(START, { status: 'awaiting_approval' });
  return {
    ...base,
    number: 7,
    version: 3,
    accountName: 'شركة الهلال '.repeat(100),
    requester: {
      email: `${'x'.repeat(300)}@acme.example`,
      name: '<@U1> דנה '.repeat(80),
      role: 'admin',
    },
    checks: CHECKS.map((check) => ({ ...check, text: `<!here> ${check.text.repeat(30)}` })),
    options: { ...base.options, jobs: JOBS.map(({ id }) => id) },
    estimate: { files: 1, rows: 1, bytes: 1, parts: 1, seconds: 1 },
    ...patch,
  };
}

const UNSENT = Array.from({ length: 9 }, (_, id) => ({
  id,
  ticketNumber: 1,
  lane: 'slack:C1:1.1',
  outgoing: { to: 'thread' as const, thread: 'slack:C1:1.1', message: say('<@U1> &'.repeat(900)) },
  attempts: 60,
  createdAt: START,
  lastError: '<!here> no such channel '.repeat(200),
}));

function cardOf(ticket: Ticket, building: Parameters<typeof slackCard>[0]['building'] = null) {
  const extras = { now: START, account: null, jobs: JOBS, verified: null, downloaded: null };
  const wishes = Array.from({ length: 40 }, () => 'w'.repeat(500));
  const card = ticketCard(ticket, { ...extras, wishes });
  return slackCard(
    {
      ticket,
      card,
      building,
      unsent: UNSENT,
      conversation: 'https://vendor.slack.com/archives/C1/p1',
    },
    'https://exports.example',
  );
}

/** What of a layout Slack would refuse. */
function problems(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return value.flatMap((one, place) => problems(one, `${path}[${place}]`));
  if (typeof value !== 'object' || value === null) return [];
  const found: string[] = [];
  const check = (text: unknown, max: number, what: string) => {
    if (typeof text === 'string' && (text.length > max || text.length === 0)) {
      found.push(`${path} ${what}: ${text.length}`);
    }
  };
  const one: Record<string, unknown> = { ...value };
  if (one.type === 'plain_text' || one.type === 'mrkdwn') check(one.text, 3_000, 'text');
  if (one.type === 'mrkdwn' && typeof one.text === 'string' && /<[!@#]/.test(one.text)) {
    found.push(`${path} mentions somebody`);
  }
  if (Array.isArray(one.fields) && one.fields.length > 10) found.push(`${path} fields`);
  if (Array.isArray(one.options) && one.options.length > 100) found.push(`${path} options`);
  if (Array.isArray(one.initial_options) && one.initial_options.length > 100) {
    found.push(`${path} initial options`);
  }
  check(one.value, 2_000, 'value');
  check(one.private_metadata, 3_000, 'metadata');
  return [
    ...found,
    ...Object.entries(one).flatMap(([name, inner]) => problems(inner, `${path}.${name}`)),
  ];
}

test('a card is within the limits and mentions nobody, whatever stands in it', () => {
  const { blocks, text } = cardOf(hardTicket());
  expect(problems(blocks)).toEqual([]);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(text.length).toBeLessThanOrEqual(3_000);
  const fields = blocks.flatMap((block) => ('fields' in block && block.fields) || []);
  expect(Math.max(...fields.map((field) => field.text.length))).toBeLessThanOrEqual(2_000);
  expect(JSON.stringify(blocks)).toContain('7:3');
});

test('a build shows a bar, parts, speed and the time left', () => {
  const progress = {
    parts: { done: 12, total: 57 },
    files: { done: 1, total: 2 },
    bytes: { done: 24_000_000_000, total: 96_000_000_000 },
  };
  const building = { progress, bytesPerSecond: 40_000_000, secondsLeft: 1_800 };
  expect(buildingText(building)).toBe(
    '▓▓▓▓▓░░░░░░░░░░░░░░░ 25 %\n12 of 57 parts · 24.0 GB of 96.0 GB · 40.0 MB a second · about 30 minutes left',
  );
  expect(JSON.stringify(cardOf(hardTicket({ status: 'building' }), building))).toContain('25 %');
  const begun = { ...progress, bytes: { done: 0, total: 0 } };
  expect(buildingText({ progress: begun, bytesPerSecond: null, secondsLeft: null })).toContain(
    '0 %\n12 of 57 parts · 0 bytes of 0 bytes',
  );
});

describe('the options', () => {
  test('of 200 jobs are a form within the limits; the menu offers 100 and finds the others', () => {
    const form = optionsForm(hardTicket(), JOBS);
    expect(problems(form)).toEqual([]);
    expect(form.title.text.length).toBeLessThanOrEqual(24);
    expect(jobOptions(JOBS, '')).toHaveLength(100);
    expect(jobOptions(JOBS, 'JOB-199')).toMatchObject([{ value: 'job-199' }]);
    expect(problems(jobOptions(JOBS, ''))).toEqual([]);
  });

  const answers = (patch: Record<string, object> = {}) =>
    Object.fromEntries(
      Object.entries({
        sections: { selected_options: [{ value: 'data' }, { value: 'cvs' }] },
        which: { selected_option: { value: 'some' } },
        desk_jobs: { selected_options: [{ value: 'job-3' }] },
        from: { selected_date: '2026-01-01' },
        to: { selected_date: null },
        size: { value: '500 MB' },
        window: { value: '14' },
        ...patch,
      }).map(([block, value]) => [block, { [block]: value }]),
    );

  test('are read back as they were filled in', () => {
    expect(readOptions(answers(), hardTicket(), JOBS)).toEqual({
      ok: true,
      options: {
        sections: ['data', 'cvs'],
        jobs: ['job-3'],
        from: '2026-01-01',
        to: null,
        partSizeBytes: 500_000_000,
        windowDays: 14,
      },
    });
  });

  test('keep jobs that a menu could not show', () => {
    const keep = { which: { selected_option: { value: 'keep' } } };
    const read = readOptions(answers(keep), hardTicket(), JOBS);
    expect(read).toMatchObject({ ok: true, options: { jobs: { length: 200 } } });
    const long = { id: 'x'.repeat(400), title: 'Long' };
    const [offered] = jobOptions([long], '');
    const some = { desk_jobs: { selected_options: [{ value: offered?.value }] } };
    expect(readOptions(answers(some), hardTicket(), [long])).toMatchObject({
      options: { jobs: [long.id] },
    });
  });

  test.each([
    ['sections', { sections: { selected_options: [] } }],
    ['desk_jobs', { desk_jobs: { selected_options: [] } }],
    ['desk_jobs', { desk_jobs: { selected_options: [{ value: 'of-another-account' }] } }],
    ['from', { to: { selected_date: '2025-01-01' } }],
    ['size', { size: { value: '9 GB' } }],
    ['size', { size: { value: 'large' } }],
    ['window', { window: { value: '31' } }],
    ['window', { window: { value: 'x' } }],
  ])('that cannot be are refused at the field %s', (field, patch) => {
    const read = readOptions(answers(patch), hardTicket(), JOBS);
    expect(read).toMatchObject({ ok: false, errors: { [field]: expect.any(String) } });
  });
});

test('Home is within the limits with thousands of tickets', () => {
  const lines = Array.from({ length: 3_000 }, (_, number) => ({
    number,
    text: '<@U1> شركة '.repeat(60),
  }));
  const groups = Array.from({ length: 4 }, () => ({ title: 'Waits for you', lines }));
  const blocks = homeBlocks(groups, 'https://exports.example');
  expect(blocks.length).toBeLessThanOrEqual(100);
  expect(problems(blocks)).toEqual([]);
  expect(JSON.stringify(blocks)).toContain('and 2985 more');
});
