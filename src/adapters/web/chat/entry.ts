import type { ChatEntry } from '../../../domain/chat-view.ts';
import type { ChatMessage } from '../../../ports/chat-log.ts';

/** A stored message as the page gets it. */
export function toEntry(message: ChatMessage): ChatEntry {
  const { id, author, name, text, choices, attachment, uploads, language = null } = message;
  return {
    id,
    at: message.at.toISOString(),
    author,
    name,
    text,
    language,
    choices,
    linksCsv: attachment && {
      ticketNumber: attachment.ticketNumber,
      href: `/chat/links/${attachment.ticketNumber}`,
    },
    uploads: uploads.map((upload) => ({ ...upload, href: `/chat/uploads/${upload.id}` })),
  };
}
