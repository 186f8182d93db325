import { addMinutes } from 'date-fns/addMinutes';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../db/open.ts';
import { createOutbox } from '../../../db/outbox.ts';
import { createTicketStore } from '../../../db/tickets.ts';
import { createDispatcher } from '../../../src/flow/dispatch.ts';
import { SILENT_LOG, startEmulatedSlack } from '../../support/slack-emulate.ts';
import type { SlackFault } from '../../support/slack-faults.ts';

const THREADS = 3;
const MESSAGES = 12;
const MINUTES_BETWEEN_TRIES = 10;

/** In turn, with none between, so that each kind meets each kind of call. */
const TROUBLE: SlackFault[] = [
  null,
  'limited',
  null,
  'lost',
  'broken',
  null,
  'silent',
  null,
  'cut',
  'lost',
  null,
];

test('whatever the line does, every message arrives once and in order', async () => {
  const slack = await startEmulatedSlack(({ count }) => TROUBLE[count % TROUBLE.length] ?? null);
  const { db, close } = openDatabase(':memory:');
  let now = new Date('2026-11-20T10:00:00Z');
  const tickets = createTicketStore(db);
  const outbox = createOutbox(db);
  const dispatcher = createDispatcher(
    {
      clock: { now: () => now, jump: () => undefined },
      log: SILENT_LOG,
      tickets,
      outbox,
      threads: [slack.thread],
      desk: { show: async () => undefined, digest: async () => undefined },
      mailer: { send: async () => undefined },
    },
    { text: (_number, text) => text, certificate: async () => null, linksFile: async () => null, mail: async () => null },
    { chance: () => 0 },
  );

  const threads: string[] = [];
  for (let n = 0; n < THREADS; n++) threads.push(await slack.begin(`Talk ${n}`));
  const texts = Array.from({ length: MESSAGES }, (_, n) => `Message ${n}`);
  for (const text of texts) {
    const message = { text, choices: [], attachment: null };
    tickets.commit({ outbox: threads.map((thread) => ({ to: 'thread', thread, message })) }, now);
  }
  for (let round = 0; round < 100; round++) {
    await dispatcher.drain();
    now = addMinutes(now, MINUTES_BETWEEN_TRIES);
  }

  expect(outbox.poisoned()).toEqual([]);
  for (const thread of threads) {
    expect((await slack.said(thread)).map(({ text }) => text)).toEqual(texts);
  }
  expect(Object.keys(slack.hits).sort()).toEqual(['broken', 'cut', 'limited', 'lost', 'silent']);
  await slack.close();
  close();
}, 60_000);
