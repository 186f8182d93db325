type Author = { type: string; id: string; name: string; email?: string };

export type Part = {
  type: 'conversation_part';
  id: string;
  part_type: string;
  body: string | null;
  created_at: number;
  author: Author;
  attachments: { type: string; name: string; content_type: string; data: string }[];
  email_message_metadata: object | null;
  metadata: {
    quick_reply_options?: { text: string; uuid: string }[];
    quick_reply_uuid?: string;
  };
  app_package_code: null;
};

export type Conversation = {
  id: string;
  source: object;
  contacts: { type: 'contact'; id: string; external_id: string | null }[];
  parts: Part[];
  state: 'open' | 'closed';
  tags: string[];
  teamId: string | null;
};

export type Contact = {
  id: string;
  role: 'user' | 'lead';
  name: string;
  email: string;
  external_id: string | null;
};

type Reply = {
  message_type: string;
  admin_id: string;
  body?: string;
  reply_options?: { text: string; uuid: string }[];
  attachment_files?: { name: string; content_type: string; data: string }[];
};
type Begin = { from: { id: string }; body: string };
type ContactReply = { type: string; intercom_user_id: string; body: string };
type Manage = { message_type: string; type: string; admin_id: string; assignee_id?: string };

const SECOND_MS = 1000;

/** The state of a workspace of Intercom, and what its API does to it. */
export class Workspace {
  static readonly BOT = '814860';
  static readonly APP = 'abcd1234';
  readonly contacts = new Map<string, Contact>();
  readonly conversations = new Map<string, Conversation>();
  readonly tags = new Map<string, string>();
  enforcesIdentity = true;
  takesFiles = true;
  #ids = 1000;

  addContact(contact: Partial<Contact> & { email: string }): Contact {
    const id = `6762f1571bb69f9f2193${String(this.#next())}`;
    const full: Contact = { id, role: 'user', name: 'Alice Adams', external_id: id, ...contact };
    this.contacts.set(full.id, full);
    return full;
  }

  /** A customer begins a conversation. */
  begin(contact: Contact, html: string, type = 'conversation'): Conversation {
    const id = String(this.#next());
    const conversation: Conversation = {
      id,
      source: {
        type,
        id: String(this.#next()),
        delivered_as: 'customer_initiated',
        subject: '',
        body: html,
        author: authorOf(contact),
        attachments: [],
        url: null,
        redacted: false,
      },
      contacts: [{ type: 'contact', id: contact.id, external_id: contact.external_id }],
      parts: [],
      state: 'open',
      tags: [],
      teamId: null,
    };
    this.conversations.set(id, conversation);
    return conversation;
  }

  conversation(id: string): Conversation | undefined {
    return this.conversations.get(id);
  }

  /** Somebody says something; a customer opens the conversation again by that. */
  add(conversation: Conversation, author: Author | Contact, part: Partial<Part>): Part {
    const full: Part = {
      type: 'conversation_part',
      id: String(this.#next()),
      part_type: 'comment',
      body: null,
      created_at: Math.floor(Date.now() / SECOND_MS),
      author: 'role' in author ? authorOf(author) : author,
      attachments: [],
      email_message_metadata: null,
      metadata: {},
      app_package_code: null,
      ...part,
    };
    conversation.parts.push(full);
    if ('role' in author) conversation.state = 'open';
    return full;
  }

  /** The conversation as Intercom gives it. */
  shown(conversation: Conversation, parts = conversation.parts) {
    return {
      type: 'conversation',
      id: conversation.id,
      created_at: 1734537559,
      updated_at: 1734537561,
      source: conversation.source,
      contacts: { type: 'contact.list', contacts: conversation.contacts },
      admin_assignee_id: null,
      team_assignee_id: conversation.teamId,
      open: conversation.state === 'open',
      state: conversation.state,
      read: false,
      tags: { type: 'tag.list', tags: conversation.tags.map((name) => ({ type: 'tag', name })) },
      conversation_parts: {
        type: 'conversation_part.list',
        conversation_parts: parts,
        total_count: parts.length,
      },
    };
  }

  /** The answer to a call; null when what it is about is not there. */
  answer(method: string, path: string, body: unknown): object | null {
    const [, what = '', id = '', action = ''] = path.split('?')[0]?.split('/') ?? [];
    if (what === 'me') return this.#me();
    if (what === 'contacts') return this.#contact(id);
    if (what === 'conversations' && !id) return this.#begun(body as Begin);
    if (what === 'tags') return this.#tag((body as { name: string }).name);
    const conversation = this.conversations.get(id);
    if (what !== 'conversations' || !conversation) return null;
    if (method === 'GET') return this.shown(conversation);
    if (action === 'reply' && (body as ContactReply).type === 'user') {
      return this.#replyOf(conversation, body as ContactReply);
    }
    if (action === 'reply') return this.#reply(conversation, body as Reply);
    if (action === 'parts') return this.#manage(conversation, body as Manage);
    if (action === 'tags') {
      const name = this.tags.get((body as { id: string }).id);
      if (!name) return null;
      conversation.tags = [...new Set([...conversation.tags, name])];
      return { type: 'tag', id: (body as { id: string }).id, name };
    }
    return null;
  }

  #me(): object {
    const app = {
      type: 'app',
      id_code: Workspace.APP,
      identity_verification: this.enforcesIdentity,
    };
    return { type: 'admin', id: Workspace.BOT, name: 'Waybill', email_verified: true, app };
  }

  #contact(id: string): object | null {
    const contact = this.contacts.get(id);
    return contact ? { type: 'contact', ...contact } : null;
  }

  #tag(name: string): object {
    const known = [...this.tags].find(([, one]) => one === name);
    const id = known?.[0] ?? String(this.#next());
    this.tags.set(id, name);
    return { type: 'tag', id, name };
  }

  /** A conversation in a contact's name; Intercom answers with its first message. */
  #begun({ from, body }: Begin): object | null {
    const contact = this.contacts.get(from.id);
    if (!contact) return null;
    const { id, source } = this.begin(contact, `<p>${body}</p>`);
    return { type: 'user_message', ...source, message_type: 'inapp', conversation_id: id };
  }

  #replyOf(
    conversation: Conversation,
    { intercom_user_id: id, body }: ContactReply,
  ): object | null {
    const contact = this.contacts.get(id);
    if (!contact) return null;
    this.add(conversation, contact, { body: `<p>${body}</p>` });
    return this.shown(conversation);
  }

  #reply(conversation: Conversation, reply: Reply): object {
    const part = this.add(conversation, admin(reply.admin_id), {
      part_type: reply.message_type,
      body: reply.body === undefined ? null : asIntercomKeepsIt(reply.body),
      attachments: (reply.attachment_files ?? []).map((file) => ({ type: 'upload', ...file })),
      metadata: reply.reply_options ? { quick_reply_options: reply.reply_options } : {},
    });
    return this.shown(conversation, [part]);
  }

  #manage(conversation: Conversation, { message_type: type, ...manage }: Manage): object {
    if (type === 'close') conversation.state = 'closed';
    if (type === 'open') conversation.state = 'open';
    if (type === 'assignment' && manage.type === 'team') {
      conversation.teamId = manage.assignee_id ?? null;
    }
    const part = this.add(conversation, admin(manage.admin_id), { part_type: type });
    return this.shown(conversation, [part]);
  }

  #next(): number {
    this.#ids += 1;
    return this.#ids;
  }
}

export function admin(id: string, name = 'Waybill'): Author {
  return { type: 'admin', id, name, email: `${id}@vendor.example` };
}

function authorOf({ id, role, name, email }: Contact): Author {
  return { type: role, id, name, email };
}

/** Intercom puts attributes of its own into what it is given. */
function asIntercomKeepsIt(html: string): string {
  return html
    .replaceAll('<p>', '<p class="no-margin">')
    .replaceAll('<a href=', '<a rel="nofollow noopener noreferrer" target="_blank" href=');
}
