import { addMinutes } from 'date-fns/addMinutes';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createDeskPosts } from '../../../db/desk-posts.ts';
import { createExportRuns } from '../../../db/exports.ts';
import { createGrants } from '../../../db/grants.ts';
import { createLinks } from '../../../db/links.ts';
import { openDatabase } from '../../../db/open.ts';
import { createOutbox } from '../../../db/outbox.ts';
import { createTicketStore } from '../../../db/tickets.ts';
import { createSlackDesk } from '../../../src/adapters/slack/desk/desk.ts';
import { newConversation } from '../../../src/domain/conversation.ts';
import { type Action, act } from '../../../src/domain/ticket.ts';
import { createDispatcher } from '../../../src/flow/dispatch.ts';
import { SettableAts } from '../../support/settable-ats.ts';
import { SILENT_LOG, startEmulatedSlack } from '../../support/slack-emulate.ts';
import type { SlackFault } from '../../support/slack-faults.ts';
import { newTicket } from '../../support/tickets.ts';

/** What happens to each, with a notice each time. */
const LIFE: Action[] = ['approve', 'build', 'fail', 'retry', 'build', 'cancel'];
const MINUTES_BETWEEN_TRIES = 10;
const TROUBLE: SlackFault[] = [
  null,
  'limited',
  'lost',
  null,
  'broken',
  'silent',
  null,
  'cut',
  null,
];

const Cards = z.array(
  z.object({ ts: z.string(), text: z.string(), thread_ts: z.string().optional() }),
);

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('whatever the line does, each ticket has one card with its last state, and each notice stands once', async () => {
  const slack = await startEmulatedSlack(({ count }) => TROUBLE[count % TROUBLE.length] ?? null);
  undo.push(() => slack.close());
  const { db, close } = openDatabase(':memory:');
  undo.push(close);
  let now = new Date('2026-11-20T10:00:00Z');
  const clock = { now: () => now, jump: () => undefined };
  const tickets = createTicketStore(db);
  const outbox = createOutbox(db);
  const desk = createSlackDesk(
    {
      client: slack.app.client,
      channel: slack.channel,
      tickets,
      posts: createDeskPosts(db),
      exports: createExportRuns(db),
      links: createLinks(db),
      outbox,
      grants: createGrants(db),
      ats: new SettableAts(),
      clock,
      log: SILENT_LOG,
      publicUrl: 'http://localhost:3000',
      linksCsv: async () => null,
      conversationUrl: async () => null,
      verified: () => null,
    },
    { minGapMs: 0 },
  );
  const dispatcher = createDispatcher(
    {
      clock,
      log: SILENT_LOG,
      tickets,
      outbox,
      threads: [],
      desk,
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
  const later = async () => {
    await dispatcher.drain();
    now = addMinutes(now, MINUTES_BETWEEN_TRIES);
  };

  for (let n = 0; n < 3; n++) {
    const open = newTicket(now, { status: 'awaiting_approval', confirmedAt: now });
    const entry = { at: now, actor: 'bot', event: 'open', detail: {} };
    const conversation = newConversation(open.thread, open.requester.email);
    tickets.commit({ open, history: [entry], conversation, outbox: [notice('Asked.')] }, now);
  }
  await later();
  for (const action of LIFE) {
    for (const ticket of tickets.list({})) {
      const step = act(ticket, action, { now, actor: 'desk:Ann' });
      const done = tickets.commit(
        { ticket: step, history: [step.entry], outbox: [notice(`Now: ${action}.`)] },
        now,
      );
      expect(done.ok).toBe(true);
    }
    await later();
  }
  for (let round = 0; round < 60; round++) await later();

  expect(outbox.poisoned()).toEqual([]);
  const { messages } = await slack.direct.conversations.history({
    channel: slack.channel,
    limit: 200,
  });
  const cards = Cards.parse(messages).filter(({ text }) => text.startsWith('Data dump'));
  expect(cards.map(({ text }) => text.split('.')[0]).sort()).toEqual(
    [1, 2, 3].map((number) => `Data dump ${number} for Acme Recruiting: cancelled`),
  );
  for (const { ts } of cards) {
    const { messages: thread } = await slack.direct.conversations.replies({
      channel: slack.channel,
      ts,
    });
    expect(
      Cards.parse(thread)
        .slice(1)
        .map(({ text }) => text),
    ).toEqual(['Asked.', ...LIFE.map((action) => `Now: ${action}.`)]);
  }
  expect(Object.keys(slack.hits).sort()).toEqual(['broken', 'cut', 'limited', 'lost', 'silent']);
}, 60_000);

function notice(text: string) {
  return { to: 'desk', notice: { level: 'info', text } } as const;
}
