import { z } from 'zod';

const Message = z.object({
  /** Unique within the conversation. */
  id: z.string(),
  contactId: z.string(),
  html: z.string(),
  files: z.array(z.string()),
  /** The id of the answer that was clicked. */
  choiceId: z.string().nullable(),
  /** It came by mail, whose sender anybody can write. */
  isMail: z.boolean(),
});

/** What is kept of a notification until it is worked on. */
export const Incoming = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer'), thread: z.string(), messages: z.array(Message) }),
  z.object({
    kind: z.literal('teammate'),
    thread: z.string(),
    id: z.string(),
    isNote: z.boolean(),
    adminId: z.string(),
    name: z.string(),
    html: z.string(),
  }),
  /** Teammates are to be told how the conversation stands. */
  z.object({
    kind: z.literal('inbox'),
    thread: z.string(),
    /** When the customer asked for a person, ISO 8601; null when they did not. */
    askedAt: z.string().nullable(),
  }),
]);
export type Incoming = z.infer<typeof Incoming>;
export type IncomingMessage = z.infer<typeof Message>;
