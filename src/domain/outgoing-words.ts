import type { Outgoing } from './message.ts';

const MAX_QUOTED_CHARS = 120;

/** What a message is and how it begins, for the desk. */
export function sayOutgoing(outgoing: Outgoing): string {
  switch (outgoing.to) {
    case 'thread':
      return `Message to the customer: ${beginning(outgoing.message.text)}`;
    case 'mail':
      return `Mail "${outgoing.mail.template}" to ${outgoing.mail.to.email}`;
    case 'access':
    case 'desk':
      return `Notice to the desk${outgoing.notice ? `: ${beginning(outgoing.notice.text)}` : ''}`;
  }
}

function beginning(text: string): string {
  return text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
}
