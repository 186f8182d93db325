import { z } from 'zod';
import type { IncomingMessage } from './incoming.ts';

/**
 * A conversation of Intercom as far as we look at it, in notifications and in answers. Contacts come as a list or
 * within an object, and in an older shape `conversation_message` stands in place of `source`.
 */

const Id = z.union([z.string().min(1).max(64), z.number().int().transform(String)]);

const Author = z.object({
  type: z.string().nullish(),
  id: Id.nullish(),
  name: z.string().nullish(),
});

const Attachments = z.array(z.object({ name: z.string().nullish() })).nullish();

const Metadata = z.object({
  quick_reply_uuid: z.string().nullish(),
  quick_reply_options: z.array(z.object({ uuid: z.string() })).nullish(),
});

const Part = z.object({
  id: Id,
  part_type: z.string().nullish(),
  body: z.string().nullish(),
  author: Author.nullish(),
  attachments: Attachments,
  email_message_metadata: z.unknown().optional(),
  metadata: Metadata.nullish().catch(null),
});
export type Part = z.infer<typeof Part>;

const Source = z.object({
  type: z.string().nullish(),
  id: Id.nullish(),
  subject: z.string().nullish(),
  body: z.string().nullish(),
  author: Author.nullish(),
  attachments: Attachments,
});

const Contact = z.object({ id: Id });

export const Conversation = z.object({
  type: z.literal('conversation').nullish(),
  id: z.union([z.string().regex(/^[\w-]{1,64}$/), z.number().int().transform(String)]),
  source: Source.nullish(),
  conversation_message: Source.nullish(),
  user: Contact.nullish().catch(null),
  contacts: z
    .union([z.array(Contact), z.object({ contacts: z.array(Contact).nullish() })])
    .nullish()
    .catch(null),
  conversation_parts: z
    .union([z.array(Part), z.object({ conversation_parts: z.array(Part).nullish() })])
    .nullish(),
});
export type Conversation = z.infer<typeof Conversation>;

/** What was said and done after the first message, oldest first. */
export function partsOf({ conversation_parts: parts }: Conversation): Part[] {
  return Array.isArray(parts) ? parts : (parts?.conversation_parts ?? []);
}

export function contactsOf({ contacts, user }: Conversation): string[] {
  const all = Array.isArray(contacts) ? contacts : (contacts?.contacts ?? []);
  return [...(all.length > 0 ? all : [user])].flatMap((one) => (one ? [one.id] : []));
}

/** What customers wrote in the parts. */
export function repliesOf(item: Conversation): IncomingMessage[] {
  return partsOf(item).flatMap((part) => {
    const contactId = customerOf(item, part.author);
    const files = filesOf(part.attachments);
    // What has neither words nor files tells that something was opened, closed or rated.
    if (!contactId || (!part.body && files.length === 0)) return [];
    return [
      {
        id: part.id,
        contactId,
        html: part.body ?? '',
        files,
        choiceId: part.metadata?.quick_reply_uuid ?? null,
        isMail: Boolean(part.email_message_metadata),
      },
    ];
  });
}

/** The message that began the conversation, when a customer wrote it. */
export function firstMessageOf(item: Conversation): IncomingMessage[] {
  const source = item.source ?? item.conversation_message;
  const contactId = customerOf(item, source?.author);
  if (!source || !contactId) return [];
  const subject = source.subject?.trim() ?? '';
  return [
    {
      id: source.id ?? 'first',
      contactId,
      html: [subject, source.body ?? ''].filter((text) => text !== '').join('<br><br>'),
      files: filesOf(source.attachments),
      choiceId: null,
      isMail: source.type === 'email',
    },
  ];
}

const CUSTOMERS = new Set(['user', 'lead', 'contact', 'visitor']);

function customerOf(item: Conversation, author: Part['author']): string | null {
  if (!CUSTOMERS.has(author?.type ?? '')) return null;
  return author?.id ?? contactsOf(item)[0] ?? null;
}

function filesOf(attachments: z.infer<typeof Attachments>): string[] {
  return (attachments ?? []).map(({ name }) => name?.trim() || 'a file');
}
