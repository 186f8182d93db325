import type { Ticket } from '../../domain/ticket.ts';
import { toSendError } from './failure.ts';
import { toPlainText } from './html.ts';
import { takeOverNote, ticketNote } from './notes.ts';
import { doOnce, type PostDeps, postOnce } from './post.ts';
import { conversationOf } from './reference.ts';
import { readTalk } from './talk.ts';

const TAG = 'data-dump';

export type InboxDeps = PostDeps & {
  /** null: nobody is assigned. */
  teamId: string | null;
  /** Where the desk is. */
  publicUrl: string;
};

/** What teammates see of a ticket in their inbox. All of it is safe to repeat. */
export interface Inbox {
  /** Tags the conversation and tells of the ticket in a note. */
  showTicket(thread: string, ticket: Ticket): Promise<void>;
  /**
   * Gives the conversation to the team, with a note that sums it up.
   * @param asked when the customer asked for a person; each time counts once
   */
  handOver(thread: string, ticket: Ticket | null, asked: Date): Promise<void>;
}

export function createInbox(deps: InboxDeps): Inbox {
  const { client, adminId, teamId, publicUrl } = deps;
  const tagId = createTagId(deps);

  async function tag(thread: string): Promise<void> {
    const id = await tagId();
    const conversation = conversationOf(thread);
    await client.tags.tagConversation({ conversation_id: conversation, id, admin_id: adminId });
  }

  async function assign(thread: string): Promise<void> {
    if (teamId === null) return;
    await client.conversations.manage({
      conversation_id: conversationOf(thread),
      body: { message_type: 'assignment', type: 'team', admin_id: adminId, assignee_id: teamId },
    });
  }

  return {
    showTicket: (thread, ticket) =>
      told(async () => {
        const key = `ticket-${ticket.number}`;
        await doOnce(deps, thread, `${key}/tag`, () => tag(thread));
        const body = ticketNote(ticket, publicUrl);
        await postOnce(deps, thread, `${key}/note`, { message_type: 'note', body });
      }),

    handOver: (thread, ticket, asked) =>
      told(async () => {
        const key = `person-${asked.getTime()}`;
        await doOnce(deps, thread, `${key}/assign`, () => assign(thread));
        const body = takeOverNote(ticket, await saidIn(deps, thread), publicUrl);
        await postOnce(deps, thread, `${key}/note`, { message_type: 'note', body });
      }),
  };
}

/** What the customer wrote, in plain text. */
async function saidIn({ client }: InboxDeps, thread: string): Promise<string[]> {
  const talk = await readTalk(client, thread);
  const texts = (talk?.messages ?? []).map(({ html }) => toPlainText(html));
  return texts.filter((words) => words !== '');
}

/** Asks Intercom once for the tag, which is made when it is not there. */
function createTagId({ client }: InboxDeps): () => Promise<string> {
  let known: Promise<string> | null = null;
  return () => {
    known ??= client.tags
      .create({ name: TAG })
      .then(({ id }) => id)
      .catch((error: unknown) => {
        known = null;
        throw error;
      });
    return known;
  };
}

async function told(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw toSendError(error, 'What the team is to see');
  }
}
