import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/domain/message.ts';
import { say } from '../../src/domain/message.ts';
import { SendError } from '../../src/domain/send-error.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { createDispatcher } from '../../src/flow/dispatch.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';
import { RecordingThread } from '../support/recorders.ts';

let world: LifeWorld;
let ticket: Ticket;

beforeEach(async () => {
  world = await lifeWorld();
  ticket = world.open();
});

afterEach(() => world.end());

function post(...outbox: Outgoing[]): void {
  world.tickets.commit({ about: ticket.number, outbox }, world.clock.now());
}

function chat(text: string, thread = 'web:alice'): Outgoing {
  return { to: 'thread', thread, message: say(text) };
}

const mail = (email: string): Outgoing => ({
  to: 'mail',
  mail: { template: 'expired', ticketNumber: 1, to: { name: 'A', email } },
});

describe('sending', () => {
  test('takes each message to its place once, under its own key', async () => {
    post(chat('one'), chat('two'), mail('a@x.example'), {
      to: 'desk',
      notice: { level: 'info', text: 'note' },
    });
    await world.dispatcher.drain();
    await world.dispatcher.drain();
    expect(world.thread.sent).toMatchObject([
      { text: 'one', key: 'outbox-1', thread: 'web:alice', file: null },
      { text: 'two', key: 'outbox-2' },
    ]);
    expect(world.mailer.mails).toMatchObject([{ key: 'outbox-3', to: { email: 'a@x.example' } }]);
    expect(world.desk.shown).toMatchObject([
      { ticket: { number: 1 }, notice: { text: 'note' }, key: 'outbox-4' },
    ]);
  });

  test('renders the file at the moment of sending', async () => {
    const message = say('Here');
    post({
      to: 'thread',
      thread: 'web:alice',
      message: { ...message, attachment: { kind: 'links_csv', ticketNumber: 1 } },
    });
    await world.dispatcher.drain();
    expect(world.thread.sent[0]?.file?.fileName).toBe('links.csv');
  });

  test('keeps the order of a lane over failures, and lets no lane wait for another', async () => {
    world.thread.failNext(new Error('down'));
    post(chat('one'), chat('two'), chat('other', 'web:bob'));
    await world.dispatcher.drain();
    expect(world.thread.texts()).toEqual(['other']);
    world.clock.jump(1);
    await world.dispatcher.drain();
    expect(world.thread.texts('web:alice')).toEqual(['one', 'two']);
  });

  test('a send that hangs holds up its own lane only, and counts as failed after its time', async () => {
    const stuck = new RecordingThread('slack');
    stuck.gate = new Promise(() => {});
    const dispatcher = createDispatcher(
      { ...world, threads: [world.thread, stuck] },
      {
        text: (_n, text) => text,
        certificate: async () => null,
        linksFile: async () => null,
        mail: async () => null,
      },
      { sendTimeoutMs: 30 },
    );
    post(chat('stuck', 'slack:c:1'), ...Array.from({ length: 40 }, (_, n) => chat(`${n}`)));
    await dispatcher.drain('web:alice');
    expect(world.thread.texts()).toHaveLength(40);
    await dispatcher.drain();
    world.clock.jump(1);
    const [row] = world.outbox.claim(world.clock.now(), world.clock.now(), 10);
    expect(row?.lastError).toBe('There was no answer within 0.03 seconds.');
  });
});

test('a clock that is moved while a message is on its way does not send it twice', async () => {
  let release = () => {};
  world.thread.gate = new Promise((resolve) => {
    release = resolve;
  });
  post(chat('one'));
  const first = world.dispatcher.drain();
  world.clock.jump(24);
  const second = world.dispatcher.drain();
  release();
  await Promise.all([first, second]);
  expect(world.thread.texts()).toEqual(['one']);
});

describe('after a crash', () => {
  test('a message that arrived is not sent again', async () => {
    post(chat('one'), chat('two'));
    const now = world.clock.now();
    const [row] = world.outbox.claim(now, now, 1);
    await world.thread.send(row?.lane ?? '', { text: 'one', choices: [], file: null }, 'outbox-1');
    world.clock.jump(0.1);
    await world.dispatcher.drain();
    expect(world.thread.texts()).toEqual(['one', 'two']);
    expect(world.thread.asked).toEqual(['outbox-1']);
  });

  test('a message that did not arrive is sent', async () => {
    post(chat('one'));
    const now = world.clock.now();
    world.outbox.claim(now, now, 1);
    world.clock.jump(0.1);
    await world.dispatcher.drain();
    expect(world.thread.texts()).toEqual(['one']);
  });

  test('two dispatchers on one database send each row once', async () => {
    const other = createDispatcher(world, {
      text: (_n, text) => text,
      certificate: async () => null,
      linksFile: async () => null,
      mail: async () => null,
    });
    post(...Array.from({ length: 30 }, (_, n) => chat(`${n}`, `web:${n % 7}`)));
    await Promise.all([other.drain(), world.dispatcher.drain()]);
    await world.dispatcher.drain();
    expect(world.thread.sent).toHaveLength(30);
  });
});

describe('errors', () => {
  test('Retry-After is honoured', async () => {
    world.thread.failNext(new SendError('slow down', { retryAfterSeconds: 90 }));
    post(chat('one'));
    await world.dispatcher.drain();
    world.clock.jump(89 / 3600);
    await world.dispatcher.drain();
    expect(world.thread.texts()).toEqual([]);
    world.clock.jump(1 / 3600);
    await world.dispatcher.drain();
    expect(world.thread.texts()).toEqual(['one']);
  });

  test('what can never be sent is set aside at once, the desk is told, and the next one goes', async () => {
    world.thread.failNext(new SendError('The conversation was deleted.', { permanent: true }));
    post(chat('one'), chat('two'));
    await world.dispatcher.drain();
    expect(world.thread.texts()).toEqual(['two']);
    expect(world.outbox.poisoned().map(({ id }) => id)).toEqual([1]);
    expect(world.desk.notices()).toMatchObject([
      { level: 'alarm', text: expect.stringContaining('The conversation was deleted.') },
    ]);
  });

  test('what fails for hours is set aside in the end', async () => {
    world.thread.failNext(...Array.from({ length: 60 }, () => new Error('down')));
    post(chat('one'));
    for (let tries = 0; tries < 60; tries++) {
      expect(world.outbox.poisoned()).toEqual([]);
      await world.dispatcher.drain();
      world.clock.jump(0.5);
    }
    expect(world.outbox.poisoned()).toHaveLength(1);
    await world.dispatcher.drain();
    expect(world.desk.notices()).toMatchObject([{ level: 'alarm' }]);
  });

  test('a desk that fails for ever is not told about it for ever', async () => {
    world.desk.failNext(new SendError('channel_not_found', { permanent: true }));
    post({ to: 'desk', notice: null });
    await world.dispatcher.drain();
    expect(world.outbox.poisoned()).toHaveLength(1);
    expect(world.desk.shown).toEqual([]);
    expect(world.log.texts('error')).toEqual(['message set aside']);
  });

  test('a thread that nobody serves is set aside with a sentence', async () => {
    post(chat('one', 'intercom:7'));
    await world.dispatcher.drain();
    expect(world.outbox.poisoned()[0]?.lastError).toContain('"intercom"');
  });

  test('the log above debug holds no message of the error', async () => {
    world.mailer.failNext(new Error('no mailbox secret@x.example'));
    post(mail('secret@x.example'));
    await world.dispatcher.drain();
    const above = world.log.lines.filter(({ level }) => level !== 'debug');
    expect(above).toHaveLength(1);
    expect(JSON.stringify(above)).not.toContain('secret@x.example');
  });
});

test('runs until it is stopped, and finishes what is on its way', async () => {
  let release = () => {};
  world.thread.gate = new Promise((resolve) => {
    release = resolve;
  });
  post(chat('one'));
  const running = world.dispatcher.run();
  const stopping = world.dispatcher.stop();
  release();
  await stopping;
  await running;
  expect(world.thread.texts()).toEqual(['one']);
});
