import type { ChatEntry } from '../../../domain/chat-view.ts';
import type { ChatMessage } from '../../../ports/chat-log.ts';

/** A stored message as the page gets it. */
export function toEntry(message: ChatMessage): ChatEntry {
  const { id, author, name, text, choices, attachment, uploads } = message;
  return {
    id,
    at: message.at.toISOString(),
    author,
    name,
    text,
    choices,
    linksCsv: attachment && {
      ticketNumber: attachment.ticketNumber,
      href: `/chat/links/${attachment.ticketNumber}`,
    },
    uploads: uploads.map((upload) => ({ ...upload, href: `/chat/uploads/${upload.id}` })),
  };
}
