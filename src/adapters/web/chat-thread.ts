import { createHash } from 'node:crypto';
import type { ChatLog } from '../../ports/chat-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Thread } from '../../ports/thread.ts';

const SCHEME = 'web';
const REFERENCE_BYTES = 15;

/** The thread of a person: each address has one. It does not show the address. */
export function webThreadOf(email: string): string {
  const digest = createHash('sha256').update(email.trim().toLowerCase()).digest();
  return `${SCHEME}:${digest.subarray(0, REFERENCE_BYTES).toString('base64url')}`;
}

/** The web chat as a place where the bot talks. Pages that are open see a message within half a second. */
export function createWebThread(log: ChatLog, clock: Pick<Clock, 'now'>): Thread {
  return {
    scheme: SCHEME,

    async send(thread, message, key) {
      log.append(
        {
          thread,
          at: clock.now(),
          author: 'bot',
          name: '',
          text: message.text,
          language: message.language ?? 'en',
          choices: message.choices,
          attachment: message.file?.ref ?? null,
          uploads: [],
        },
        botKey(key),
      );
    },

    has: async (thread, key) => log.hasKey(thread, botKey(key)),
  };
}

/** Keys of the bot and keys that a customer's browser made up never meet. */
function botKey(key: string): string {
  return `bot:${key}`;
}
