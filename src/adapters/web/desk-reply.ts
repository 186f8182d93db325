import { randomUUID } from 'node:crypto';
import type { ChatLog } from '../../ports/chat-log.ts';
import type { Clock } from '../../ports/clock.ts';

/** Puts an agent's words into a web chat, in their name. */
export function postDeskReply(
  deps: { chatLog: Pick<ChatLog, 'append'>; clock: Pick<Clock, 'now'> },
  thread: string,
  agent: string,
  text: string,
): void {
  deps.chatLog.append(
    {
      thread,
      at: deps.clock.now(),
      author: 'human',
      name: agent,
      text,
      choices: [],
      attachment: null,
      uploads: [],
    },
    `desk:${randomUUID()}`,
  );
}
