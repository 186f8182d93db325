import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChat } from '../../src/commands/demo/browser.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { waybill } from '../support/waybill.ts';

let dataDir: string;
const env = () => ({ DATA_DIR: dataDir });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waybill-cli-'));
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** One message each, through the terminal; the ticket as it is after the last. */
async function chat(as: string, ...messages: string[]) {
  const ran = await waybill(['chat', '--as', as, '--json'], {
    env: env(),
    input: `${messages.join('\n')}\n`,
  });
  expect(ran.stderr).toBe('');
  const lines = ran.stdout.trim().split('\n');
  expect(lines).toHaveLength(messages.length);
  return JSON.parse(lines.at(-1) ?? 'null');
}

describe('support works from the command line', () => {
  test('from the request in the terminal to the extension', async () => {
    const asked = await chat('alice@acme.example', 'We need a full export of our account', 'Yes');
    expect(asked.ticket).toMatchObject({ number: 1, status: 'awaiting_approval' });

    const list = await waybill(['tickets', '--json'], { env: env() });
    expect(JSON.parse(list.stdout)).toMatchObject([{ number: 1, accountId: 'acme' }]);

    const approved = await waybill(['approve', '1', '--as', 'Ann', '--json'], { env: env() });
    expect(JSON.parse(approved.stdout)).toMatchObject({ status: 'approved' });

    const second = await waybill(['approve', '1', '--as', 'Ben'], { env: env() });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(/Ann approved/);

    const bot = await startBot(dataDir);
    await delivered(bot);
    const extended = await waybill(['extend', '1', '--hours', '24'], { env: env() });
    expect(extended.stdout).toMatch(/^#1 {2}delivered .*links until /);
    const resent = await waybill(['resend', '1'], { env: env() });
    expect(resent.code).toBe(0);
    const shown = await waybill(['ticket', '1', '--json'], { env: env() });
    const events = JSON.parse(shown.stdout).history.map((line: { event: string }) => line.event);
    expect(events).toEqual(expect.arrayContaining(['approve', 'build', 'deliver', 'extend']));
    const cancelled = await waybill(['cancel', '1', '--reason', 'Asked by mistake.'], {
      env: env(),
    });
    expect(cancelled.stdout).toContain('cancelled');
    await bot.kill('SIGTERM');
  }, 120_000);

  test('an unpaid invoice puts the request on hold at once', async () => {
    const asked = await chat('gina@globex.example', 'Please send us a full data dump');
    expect(asked.ticket).toMatchObject({ status: 'on_hold' });
    expect(asked.replies.join('\n')).toContain('INV-2041');
  }, 30_000);

  test.each([
    ['rita@acme.example', /admin/i],
    ['uma@umbrella.example', /no longer|not keep|kept/i],
  ])(
    '%s is refused without a ticket',
    async (email, words) => {
      const asked = await chat(email, 'I need a full export of our account');
      expect(asked.ticket).toBeNull();
      expect(asked.replies.join('\n')).toMatch(words);
      expect(asked.replies.join('\n')).not.toMatch(/@/);
    },
    30_000,
  );
});

async function delivered(bot: Bot): Promise<void> {
  const alice = await openChat(bot.url, 'alice@acme.example');
  for (;;) if ((await alice.hear('the links CSV')).attachment) return;
}

describe('what is wrong is said in one sentence', () => {
  test.each([
    [['ticket', '999'], /There is no ticket 999/],
    [['approve', 'many'], /number of a ticket/],
    [['extend', '1', '--hours', '0'], /from 1 to 720/],
    [['reject', '1'], /--reason/],
    [['chat', '--as', 'nobody@nowhere.example'], /nobody@nowhere.example/],
    [['export', '--account', 'nobody', '--out', 'out'], /nobody/],
    [['export', '--account', 'acme', '--part-size', '0', '--out', 'out'], /1 MB to 4 GB/],
    [['frobnicate'], /unknown command/],
  ])('waybill %j', async (args, sentence) => {
    const ran = await waybill(args, { env: env(), cwd: dataDir });
    expect(ran.code).not.toBe(0);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(sentence);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    [{ PORT: 'many' }, /PORT/],
    [{ SOURCE: 'nowhere.yaml' }, /nowhere\.yaml/],
    [{ DATA_DIR: '/dev/null/data' }, /DATA_DIR/],
  ])('with %j the bot does not start', async (wrong, sentence) => {
    const failing = startBot(dataDir, wrong as unknown as Record<string, string>);
    await expect(failing).rejects.toThrow(sentence);
    await expect(failing).rejects.not.toThrow(/\n\s+at /);
  });
});
