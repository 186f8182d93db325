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

const FILE = {
  ref: { kind: 'links_csv' as const, ticketNumber: 12 },
  fileName: 'acme-links.csv',
  contentType: 'text/csv',
  content: Buffer.from('part,link\r\n'),
};

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

/** A third of the calls fail, of every kind; a file needs five calls in a row that do not. */
function withFiles(count: number): SlackFault {
  const mixed = Math.imul(count + 17, 2_654_435_761) >>> 0;
  return mixed % 3 === 0 ? (TROUBLE[(mixed >>> 8) % TROUBLE.length] ?? null) : null;
}

test.each([
  ['texts', (count: number) => TROUBLE[count % TROUBLE.length] ?? null, []],
  ['files too', withFiles, ['Message 3', 'Message 8']],
] as const)(
  'whatever the line does, every message arrives once and in order: %s',
  async (_what, fault, withFile) => {
    const hasFile = (text: string) => withFile.some((one) => one === text);
    const slack = await startEmulatedSlack(({ count }) => fault(count));
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
      {
        text: (_number, text) => text,
        certificate: async () => null,
        linksFile: async () => FILE,
        mail: async () => null,
      },
      { chance: () => 0 },
    );

    const threads: string[] = [];
    for (let n = 0; n < THREADS; n++) threads.push(await slack.begin(`Talk ${n}`));
    const texts = Array.from({ length: MESSAGES }, (_, n) => `Message ${n}`);
    for (const text of texts) {
      const attachment = hasFile(text) ? ({ kind: 'links_csv', ticketNumber: 12 } as const) : null;
      const message = { text, choices: [], attachment };
      tickets.commit({ outbox: threads.map((thread) => ({ to: 'thread', thread, message })) }, now);
    }
    for (let round = 0; round < 100; round++) {
      await dispatcher.drain();
      now = addMinutes(now, MINUTES_BETWEEN_TRIES);
    }

    expect(outbox.poisoned()).toEqual([]);
    for (const thread of threads) {
      expect(await slack.said(thread)).toEqual(
        texts.map((text) => ({ text, choices: [], hasFile: hasFile(text) })),
      );
    }
    expect(Object.keys(slack.hits).sort()).toEqual(['broken', 'cut', 'limited', 'lost', 'silent']);
    await slack.close();
    close();
  },
  60_000,
);
