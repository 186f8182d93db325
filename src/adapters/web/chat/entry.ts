import type { ChatEntry } from '../../../domain/chat-view.ts';
import type { AttachmentRef } from '../../../domain/message.ts';
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
    attachment: attachment && {
      kind: attachment.kind,
      ticketNumber: attachment.ticketNumber,
      href: hrefOf(attachment),
    },
    uploads: uploads.map((upload) => ({ ...upload, href: `/chat/uploads/${upload.id}` })),
  };
}

function hrefOf(ref: AttachmentRef): string {
  if (ref.kind === 'deletion_certificate') return `/chat/certificates/${ref.ticketNumber}`;
  const query = ref.supplement ? `?supplement=${ref.supplement}` : '';
  return `/chat/links/${ref.ticketNumber}${query}`;
}
