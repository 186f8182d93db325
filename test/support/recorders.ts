import type { DeskNotice } from '../../src/domain/message.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Desk } from '../../src/ports/desk.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Mail, Mailer } from '../../src/ports/mailer.ts';
import type { Thread, ThreadMessage } from '../../src/ports/thread.ts';

const HOUR_MS = 3_600_000;

/** A clock that stands still until a test moves it. */
export class MovableClock implements Clock {
  #at: number;

  constructor(at: string | Date) {
    this.#at = new Date(at).getTime();
  }

  now(): Date {
    return new Date(this.#at);
  }

  jump(hours: number): void {
    this.#at += hours * HOUR_MS;
  }
}

/** Fails as often as it was told to, each time with the next of the errors. */
class Failing {
  readonly errors: Error[] = [];

  failNext(...errors: Error[]): void {
    this.errors.push(...errors);
  }

  protected fail(): void {
    const error = this.errors.shift();
    if (error) throw error;
  }
}

/** A thread that keeps what was sent. */
export class RecordingThread extends Failing implements Thread {
  readonly scheme: string;
  readonly sent: (ThreadMessage & { thread: string; key: string })[] = [];
  /** What `has` was asked. */
  readonly asked: string[] = [];
  /** Set to let sending wait until the promise ends. */
  gate: Promise<void> | null = null;

  constructor(scheme = 'web') {
    super();
    this.scheme = scheme;
  }

  async send(thread: string, message: ThreadMessage, key: string): Promise<void> {
    await this.gate;
    this.fail();
    this.sent.push({ ...message, thread, key });
  }

  async has(thread: string, key: string): Promise<boolean> {
    this.asked.push(key);
    return this.sent.some((message) => message.thread === thread && message.key === key);
  }

  texts(thread?: string): string[] {
    return this.sent
      .filter((message) => thread === undefined || message.thread === thread)
      .map(({ text }) => text);
  }
}

/** A desk that keeps what it was shown. */
export class RecordingDesk extends Failing implements Desk {
  readonly shown: { ticket: Ticket; notice: DeskNotice | null; key: string }[] = [];

  async show(ticket: Ticket, notice: DeskNotice | null, key: string): Promise<void> {
    this.fail();
    this.shown.push({ ticket, notice, key });
  }

  notices(): DeskNotice[] {
    return this.shown.flatMap(({ notice }) => (notice ? [notice] : []));
  }
}

/** A mailer that keeps what it was given. */
export class RecordingMailer extends Failing implements Mailer {
  readonly mails: Mail[] = [];

  async send(mail: Mail): Promise<void> {
    this.fail();
    this.mails.push(mail);
  }
}

/** A log that keeps its lines. */
export class RecordingLog implements Log {
  readonly lines: { level: keyof Log; fields: object; text: string }[] = [];

  debug(fields: object, text: string): void {
    this.lines.push({ level: 'debug', fields, text });
  }

  info(fields: object, text: string): void {
    this.lines.push({ level: 'info', fields, text });
  }

  warn(fields: object, text: string): void {
    this.lines.push({ level: 'warn', fields, text });
  }

  error(fields: object, text: string): void {
    this.lines.push({ level: 'error', fields, text });
  }

  texts(level: keyof Log): string[] {
    return this.lines.filter((line) => line.level === level).map(({ text }) => text);
  }
}
