import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addHours } from 'date-fns/addHours';
import { createExportRuns } from '../../db/exports.ts';
import { createGrants } from '../../db/grants.ts';
import { createLinks } from '../../db/links.ts';
import { openDatabase } from '../../db/open.ts';
import { createOutbox } from '../../db/outbox.ts';
import { createTicketStore } from '../../db/tickets.ts';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Outgoing } from '../../src/domain/message.ts';
import { act, type NewTicket, type Ticket } from '../../src/domain/ticket.ts';
import type { ReceiveDeps } from '../../src/flow/receive/turn.ts';
import { receive } from '../../src/flow/receive.ts';
import type { Outbox } from '../../src/ports/outbox.ts';
import { MovableClock, RecordingLog } from './recorders.ts';
import { makeSample, removeSample, type Sample, sampleSource } from './sample.ts';
import { understand } from './understand.ts';

/** What came of a message: what the bot said in the person's thread, and everything else that is to be sent. */
export type Said = {
  text: string;
  choices: string[];
  /** What the bot's messages are marked to be in. */
  languages: (Language | undefined)[];
  attachments: number;
  others: Outgoing[];
  ticket: Ticket | null;
};

/** Customers who talk to the bot, on a real sample ATS and a real database. */
export class Dialogue {
  readonly clock = new MovableClock('2026-11-20T09:00:00Z');
  readonly log = new RecordingLog();
  readonly sample: Sample;
  readonly deps: ReceiveDeps;
  readonly cancelled: string[] = [];
  readonly #close: () => void;
  readonly #ownsSample: boolean;
  readonly #outbox: Outbox;
  #messages = 0;

  constructor(sample: Sample, ownsSample: boolean) {
    this.sample = sample;
    this.#ownsSample = ownsSample;
    const { db, close } = openDatabase(':memory:');
    this.#close = close;
    this.deps = {
      clock: this.clock,
      log: this.log,
      understand,
      tickets: createTicketStore(db),
      grants: createGrants(db),
      access: null,
      exports: createExportRuns(db),
      links: createLinks(db),
      ats: { ...sample.ats },
      source: { ...sample.source },
      queue: {
        start: async () => {},
        submit: async () => {},
        cancel: async (exportId) => void this.cancelled.push(exportId),
        close: async () => {},
      },
    };
    this.#outbox = createOutbox(db);
  }

  /** Says something as a person of the sample. */
  async say(text: string, as = 'alice@acme.example', files: string[] = []): Promise<Said> {
    this.#messages += 1;
    const thread = webThreadOf(as);
    const id = `web:${this.#messages}`;
    await receive(this.deps, { id, thread, email: as, name: as, text, files });
    return this.heard(as);
  }

  /** What waits to be sent; it counts as sent afterwards. */
  heard(as = 'alice@acme.example'): Said {
    const thread = webThreadOf(as);
    const all = this.#sendAll();
    const mine = all.flatMap((one) =>
      one.to === 'thread' && one.thread === thread ? [one.message] : [],
    );
    return {
      text: mine.map((message) => message.text).join('\n---\n'),
      choices: mine.flatMap(({ choices }) => choices.map((choice) => choice.text)),
      languages: mine.map(({ language }) => language),
      attachments: mine.filter(({ attachment }) => attachment !== null).length,
      others: all.filter((one) => one.to !== 'thread' || one.thread !== thread),
      ticket: this.ticket(as),
    };
  }

  ticket(as = 'alice@acme.example'): Ticket | null {
    return this.deps.tickets.list({ thread: webThreadOf(as) })[0] ?? null;
  }

  /** Brings the newest ticket to where a test begins, as the desk and the pipeline would. */
  move(actions: Parameters<typeof act>[1][], patch: Partial<NewTicket> = {}): Ticket {
    let [ticket] = this.deps.tickets.list({});
    const now = this.clock.now();
    for (const [index, action] of actions.entries()) {
      if (!ticket) throw new Error('There is no ticket.');
      const last = index === actions.length - 1;
      const step = act(ticket, action, { now, actor: 'desk:Dana' }, last ? patch : {});
      const done = this.deps.tickets.commit({ ticket: step, history: [step.entry] }, now);
      if (!done.ok || !done.ticket) throw new Error('Not moved.');
      ticket = done.ticket;
    }
    if (!ticket) throw new Error('There is no ticket.');
    return ticket;
  }

  /** Alice asked for an export and said yes. */
  async confirmed(): Promise<void> {
    await this.say('I need a full data dump');
    await this.say('yes');
  }

  /** Her links came just now. */
  async delivered(): Promise<void> {
    await this.confirmed();
    const now = this.clock.now();
    this.move(['approve', 'build', 'deliver'], {
      exportId: 'x1',
      deliveredAt: now,
      expiresAt: addHours(now, 168),
      warnedHours: 72,
    });
  }

  /** Her links ended an hour ago. */
  async expired(): Promise<void> {
    await this.delivered();
    this.clock.jump(169);
    this.move(['expire']);
  }

  /** Her files are deleted. */
  async purged(): Promise<void> {
    await this.expired();
    this.clock.jump(24 * 8);
    this.move(['purge'], { purgedAt: this.clock.now() });
  }

  /** Changes the ATS behind the bot's back; only for a dialogue with a sample of its own. */
  changeAts(sql: string): void {
    if (!this.#ownsSample) throw new Error('The sample belongs to other tests as well.');
    const ats = new Database(join(this.sample.dir, 'ats.sqlite'));
    ats.exec(sql);
    ats.close();
  }

  async close(): Promise<void> {
    this.#close();
    if (this.#ownsSample) await removeSample(this.sample);
  }

  #sendAll(): Outgoing[] {
    const sent: Outgoing[] = [];
    const now = this.clock.now();
    for (;;) {
      const rows = this.#outbox.claim(now, new Date(now.getTime() + 60_000), 100);
      if (rows.length === 0) return sent;
      for (const row of rows) {
        sent.push(row.outgoing);
        this.#outbox.sent(row.id, now);
      }
    }
  }
}

/** A dialogue on the sample that the tests of a file share, with a database of its own. */
export async function startDialogue(): Promise<Dialogue> {
  return new Dialogue(await sampleSource(), false);
}

/** A dialogue on a sample of its own, which a test may change. */
export async function startDialogueOnOwnSample(): Promise<Dialogue> {
  return new Dialogue(await makeSample({ candidates: 12, bytesPerFile: 1_000 }), true);
}
