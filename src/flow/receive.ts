import { newConversation } from '../domain/conversation.ts';
import { say } from '../domain/message.ts';
import { cannotLookUp } from '../domain/phrases/conversation.ts';
import type { Inbound } from '../ports/thread.ts';
import { decide } from './receive/decide.ts';
import { load, type Prepared, prepare } from './receive/load.ts';
import { changeOf, type Reply } from './receive/reply.ts';
import type { ReceiveDeps, Turn } from './receive/turn.ts';

/** Somebody else may change the ticket at the same moment, but not time after time. */
const MAX_TRIES = 5;

/**
 * Takes a customer's message: decides what it means for their ticket, and stores ticket, history, conversation and
 * answer in one step. Sends nothing. The same message again changes nothing.
 * @throws Error when others changed the ticket again and again; the message may then be received once more
 */
export async function receive(deps: ReceiveDeps, inbound: Inbound): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if (deps.tickets.seen(inbound.id)) return;
    const prepared = await prepareOrExplain(deps, inbound);
    if (!prepared) return;
    const turn = load(deps, inbound, prepared);
    const reply = decide(turn);
    const done = deps.tickets.commit(changeOf(turn, reply), turn.now);
    if (done.ok) {
      if (done.ticket && reply.showsSummary) awaitConfirmation(deps, turn, done.ticket.number);
      return stopExport(deps, turn, reply);
    }
    if (done.why === 'duplicate') return;
  }
  throw new Error('The ticket was changed by others at the same time; send the message again.');
}

/** Without the ATS nobody can be known, and nothing may be said of any account. */
async function prepareOrExplain(deps: ReceiveDeps, inbound: Inbound): Promise<Prepared | null> {
  try {
    return await prepare(deps, inbound);
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    deps.log.error({ inbound: inbound.id, kind }, 'the ATS did not answer');
    const { thread, email, id } = inbound;
    const conversation = deps.tickets.conversation(thread) ?? newConversation(thread, email);
    const heard = deps.understand(inbound.text).language;
    const language = conversation.language ?? heard;
    const silent = conversation.humanSince !== null;
    deps.tickets.commit(
      {
        outbox: silent
          ? []
          : [{ to: 'thread', thread, message: say(cannotLookUp(language), [], language) }],
        conversation,
        inboundId: id,
      },
      deps.clock.now(),
    );
    return null;
  }
}

/**
 * A ticket has its number once it is stored, so what is waited for is remembered in a second step. Without it a yes
 * would be answered with the summary again, never taken for a yes to something else.
 */
function awaitConfirmation(deps: ReceiveDeps, { inbound, now }: Turn, ticketNumber: number): void {
  const conversation = deps.tickets.conversation(inbound.thread);
  if (!conversation) return;
  const awaiting = { what: 'confirmation', ticketNumber } as const;
  deps.tickets.commit({ conversation: { ...conversation, awaiting } }, now);
}

async function stopExport(deps: ReceiveDeps, turn: Turn, reply: Reply): Promise<void> {
  const ticket = reply.stopsExport ? reply.ticket?.after : null;
  if (!ticket?.exportId) return;
  deps.links.revoke(ticket.number, turn.now);
  await deps.queue.cancel(ticket.exportId);
}
