import type { AttachmentRef, BotMessage, MailRef } from '../domain/message.ts';
import { PAGE_LINK } from '../domain/phrases/delivery.ts';
import { linkNotHere } from '../domain/phrases/direct.ts';
import { SendError } from '../domain/send-error.ts';
import type { Mail } from '../ports/mailer.ts';
import type { OutboxRow } from '../ports/outbox.ts';
import type { OutgoingFile, Thread, ThreadMessage } from '../ports/thread.ts';
import type { Deps } from './deps.ts';

/** Turns what is stored into what goes out, at the moment of sending, so that no link is ever stored. */
export type Rendering = {
  /** A stored text with the links that belong into it. */
  text(ticketNumber: number | null, text: string, supplement?: number): string;
  /** null when the ticket's links do not work any more. */
  linksFile(ticketNumber: number, supplement?: number): Promise<OutgoingFile | null>;
  /** null while the files are there. */
  certificate(ticketNumber: number): Promise<OutgoingFile | null>;
  /** null when there is nothing to be said any more. */
  mail(ref: MailRef): Promise<Mail | null>;
};

type Needs = Pick<Deps, 'tickets' | 'threads' | 'desk' | 'mailer'>;

/** Sends one row of the outbox. One that was tried before is looked for first, in case it did arrive. */
export async function send(deps: Needs, rendering: Rendering, row: OutboxRow): Promise<void> {
  const key = `outbox-${row.id}`;
  const { outgoing } = row;
  switch (outgoing.to) {
    case 'thread': {
      const adapter = adapterOf(deps.threads, outgoing.thread);
      if (row.attempts > 0 && (await adapter.has(outgoing.thread, key))) return;
      const message = await rendered(rendering, row.ticketNumber, outgoing.message);
      return adapter.send(outgoing.thread, message, key);
    }
    case 'mail': {
      const mail = await rendering.mail(outgoing.mail);
      if (mail) await deps.mailer.send({ ...mail, key });
      return;
    }
    case 'access':
      if (outgoing.grantNumber === null) return;
      return deps.desk.showAccess?.(outgoing.grantNumber, outgoing.notice, key);
    case 'desk': {
      const ticket = row.ticketNumber === null ? null : deps.tickets.find(row.ticketNumber);
      if (!ticket) throw new SendError('The notice belongs to no ticket.', { permanent: true });
      return deps.desk.show(ticket, outgoing.notice, key);
    }
  }
}

function adapterOf(threads: readonly Thread[], thread: string): Thread {
  const scheme = thread.slice(0, thread.indexOf(':'));
  const adapter = threads.find((one) => one.scheme === scheme);
  if (!adapter) {
    throw new SendError(
      `No channel is set up for threads of the kind "${scheme}"; set its variables again.`,
      { permanent: true },
    );
  }
  return adapter;
}

async function rendered(
  rendering: Rendering,
  ticketNumber: number | null,
  { text, choices, attachment, language = 'en' }: BotMessage,
): Promise<ThreadMessage> {
  const file = attachment && (await fileOf(rendering, attachment));
  const about = attachment?.ticketNumber ?? ticketNumber;
  const isLinks = file?.ref.kind === 'links_csv';
  const holdsLinks = about !== null && (isLinks || text.includes(PAGE_LINK));
  return {
    text: rendering.text(ticketNumber, text, supplementOf(attachment)),
    choices,
    language,
    file,
    secret: holdsLinks
      ? { ticketNumber: about, openText: text.replaceAll(PAGE_LINK, linkNotHere(language)) }
      : null,
  };
}

function fileOf(rendering: Rendering, ref: AttachmentRef): Promise<OutgoingFile | null> {
  return ref.kind === 'links_csv'
    ? rendering.linksFile(ref.ticketNumber, ref.supplement)
    : rendering.certificate(ref.ticketNumber);
}

function supplementOf(ref: AttachmentRef | null): number | undefined {
  return ref?.kind === 'links_csv' ? ref.supplement : undefined;
}
