import { addMinutes } from 'date-fns/addMinutes';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../db/open.ts';
import { createOutbox } from '../../../db/outbox.ts';
import { createThreadPosts } from '../../../db/thread-posts.ts';
import { createTicketStore } from '../../../db/tickets.ts';
import { createIntercomClient } from '../../../src/adapters/intercom/client.ts';
import { createIntercomThread } from '../../../src/adapters/intercom/thread.ts';
import { createDispatcher } from '../../../src/flow/dispatch.ts';
import { type IntercomFault, startIntercom } from '../../support/intercom-server.ts';
import { Workspace } from '../../support/intercom-workspace.ts';
import { RecordingLog } from '../../support/recorders.ts';

const TALKS = 3;
const MESSAGES = 12;
const MINUTES_BETWEEN_TRIES = 20;

/** In turn, with none between, so that each kind meets each kind of call. */
const TROUBLE: IntercomFault[] = [
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
  const intercom = await startIntercom({
    fault: ({ count }) => TROUBLE[count % TROUBLE.length] ?? null,
  });
  const { db, close } = openDatabase(':memory:');
  let now = new Date('2026-11-20T10:00:00Z');
  const tickets = createTicketStore(db);
  const outbox = createOutbox(db);
  const thread = createIntercomThread({
    client: createIntercomClient(
      { accessToken: 'token', apiUrl: intercom.url },
      { timeoutSeconds: 0.3 },
    ),
    posts: createThreadPosts(db),
    adminId: Workspace.BOT,
    inboxUrl: 'https://app.intercom.com/a/apps/abcd1234',
    now: () => now,
    isWithPerson: () => false,
  });
  const dispatcher = createDispatcher(
    {
      clock: { now: () => now, jump: () => undefined },
      log: new RecordingLog(),
      tickets,
      outbox,
      threads: [thread],
      desk: { show: async () => undefined },
      mailer: { send: async () => undefined },
    },
    {
      text: (_number, text) => text,
      certificate: async () => null,
      linksFile: async () => null,
      mail: async () => null,
    },
    { chance: () => 0 },
  );

  const { workspace } = intercom;
  const talks = Array.from({ length: TALKS }, (_, n) => {
    const contact = workspace.addContact({ email: `person${n}@acme.example` });
    return `intercom:${workspace.begin(contact, '<p>Hello</p>').id}`;
  });
  // Some say the same as the one before, and some offer answers.
  const texts = Array.from({ length: MESSAGES }, (_, n) => `Message ${Math.floor(n / 2)}`);
  const choicesOf = (n: number) => (n % 3 === 0 ? [{ label: 'Yes', text: 'Yes' }] : []);
  for (const [n, text] of texts.entries()) {
    const message = { text, choices: choicesOf(n), attachment: null };
    tickets.commit({ outbox: talks.map((one) => ({ to: 'thread', thread: one, message })) }, now);
  }
  for (let round = 0; round < 150 && talks.some((talk) => outbox.pending(talk)); round++) {
    await dispatcher.drain();
    now = addMinutes(now, MINUTES_BETWEEN_TRIES);
  }

  expect(outbox.poisoned()).toEqual([]);
  for (const talk of talks) {
    const said = intercom.said(talk);
    expect(said.map(({ text }) => text)).toEqual(texts);
    expect(said.map(({ choices }) => choices)).toEqual(
      texts.map((_, n) => choicesOf(n).map(({ label }) => label)),
    );
  }
  expect(Object.keys(intercom.hits).sort()).toEqual(['broken', 'cut', 'limited', 'lost', 'silent']);
  await intercom.close();
  close();
}, 60_000);
