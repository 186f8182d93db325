import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { say } from '../../../src/domain/message.ts';
import { SendError } from '../../../src/domain/send-error.ts';
import { START, startSlackDesk } from '../../support/slack-desk.ts';
import {
  ALICE,
  ANN,
  buttonsOf,
  hasLocalSlack,
  type LocalSlack,
  startLocalSlack,
  until,
  wordsOf,
} from '../../support/slack-workspace.ts';

describe.skipIf(!hasLocalSlack)('messages that could not be sent, in Slack', () => {
  let slack: LocalSlack;
  let world: Awaited<ReturnType<typeof startSlackDesk>>;

  beforeAll(async () => {
    slack = await startLocalSlack();
  });
  afterAll(() => slack.close());
  beforeEach(async () => {
    await slack.control('/reset', {});
    world = await startSlackDesk(slack);
  });
  afterEach(() => world.close());

  const say1 = (number: number, text: string) => {
    const { thread } = world.find(number);
    const outbox = [{ to: 'thread' as const, thread, message: say(text) }];
    world.tickets.commit({ about: number, outbox }, START);
  };
  const whispered = (user: string) =>
    until(async () =>
      (await slack.messages()).findLast(({ ephemeral_to }) => ephemeral_to === user),
    );

  test('stand on the card with their reason, hold up nobody, and go out again by a click', async () => {
    const { number } = world.open();
    await world.desk.show(world.find(number), null, 'k1');
    const send = world.thread.send.bind(world.thread);
    world.thread.send = async (thread, message, key) => {
      if (message.text.startsWith('Poison')) {
        throw new SendError('The thread was deleted.', { permanent: true });
      }
      return send(thread, message, key);
    };
    say1(number, 'Poison for the line');
    say1(number, 'And what comes after it');
    await world.drain();
    expect(world.thread.sent.map(({ text }) => text)).toEqual(['And what comes after it']);
    const card = await world.card(number);
    expect(wordsOf(card)).toContain('Message to the customer: Poison for the line');
    expect(wordsOf(card)).toContain('The thread was deleted.');
    const notices = (await slack.messages()).filter(({ thread_ts }) => thread_ts === card.ts);
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^🚨 A message in the chat could not be sent/u),
    ]);

    await world.click(number, 'desk_send_again', ALICE);
    expect((await whispered(ALICE)).text).toContain('Only the approvers');
    expect(world.outbox.poisoned()).toHaveLength(1);

    world.thread.send = send;
    await world.click(number, 'desk_send_again');
    expect((await whispered(ANN)).text).toBe('The message is tried again.');
    await world.drain();
    expect(world.thread.sent.map(({ text }) => text)).toContain('Poison for the line');
    expect(wordsOf(await world.card(number))).not.toContain('Not sent');
    expect(world.tickets.history(number).at(-1)).toMatchObject({
      event: 'send_again',
      actor: `desk:Ann Lee (${ANN})`,
    });
  });

  test('stand on Home, also those that belong to no ticket', async () => {
    const outbox = [{ to: 'thread' as const, thread: 'web:1', message: say('Who are you?') }];
    world.tickets.commit({ outbox }, START);
    const [row] = world.outbox.claim(START, START, 1);
    world.outbox.setAside(row?.id ?? 0, 'No such thread.');
    await slack.control('/open-home', { user: ANN });
    const home = JSON.stringify(await until(() => slack.homeOf(ANN)));
    expect(home).toContain('Could not be sent (1)');
    expect(home).toContain('Who are you?');
    expect(home).toContain('desk_send_again');
  });

  test('resending and building again ask once more', async () => {
    const { number } = world.open({ status: 'delivered', exportId: 'e1' });
    await world.desk.show(world.find(number), null, 'k1');
    const buttons = buttonsOf(await world.card(number)).filter(({ action_id }) =>
      ['desk_resend', 'desk_rebuild'].includes(action_id),
    );
    expect(buttons).toHaveLength(2);
    for (const button of buttons) expect(button).toHaveProperty('confirm.confirm');
  });
});
