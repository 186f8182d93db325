import type { ChatMessage } from '../../../ports/chat-log.ts';
import type { ChatDeps } from './deps.ts';
import type { SentForm } from './form.ts';
import type { Visitor } from './identity.ts';
import { discardUploads } from './uploads.ts';

const SORRY =
  'Sorry, something went wrong on our side, and I could not work on your message. It is kept, and a colleague will look at it. You can also try again in a few minutes.';

type SendDeps = Pick<ChatDeps, 'chatLog' | 'clock' | 'log' | 'receive' | 'uploadDir'>;

/** Takes messages in: stored first, then handed to the flow, one after the other in each thread. */
export function createSender(
  deps: SendDeps,
): (visitor: Visitor, form: SentForm) => Promise<ChatMessage> {
  const inTurn = createTurns();

  async function handOver(visitor: Visitor, message: ChatMessage): Promise<void> {
    try {
      await deps.receive({
        id: `web:${message.id}`,
        thread: visitor.thread,
        email: visitor.email,
        name: visitor.name,
        text: message.text,
        files: message.uploads.map((upload) => upload.name),
      });
    } catch (error) {
      deps.log.error({ error, messageId: message.id }, 'a chat message could not be worked on');
      append(visitor, { author: 'bot', name: '', text: SORRY, uploads: [] }, `sorry:${message.id}`);
    }
  }

  function append(
    visitor: Visitor,
    message: Pick<ChatMessage, 'author' | 'name' | 'text' | 'uploads'>,
    key: string,
  ): ChatMessage {
    const at = deps.clock.now();
    const { thread } = visitor;
    return deps.chatLog.append({ ...message, thread, at, choices: [], attachment: null }, key);
  }

  return (visitor, { text, clientKey, uploads }) =>
    inTurn(visitor.thread, async () => {
      const message = append(
        visitor,
        { author: 'customer', name: visitor.name, text, uploads },
        // Keys that browsers make up and keys of the bot never meet.
        `customer:${clientKey}`,
      );
      // Sent again: the files that count are those of the first time.
      const kept = new Set(message.uploads.map((upload) => upload.id));
      const surplus = uploads.filter((upload) => !kept.has(upload.id));
      await discardUploads(deps.uploadDir, surplus);
      await handOver(visitor, message);
      return message;
    });
}

/** Lets tasks of the same name run one after the other. */
function createTurns(): <T>(name: string, task: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(task, task);
    last.set(name, turn);
    const forget = () => {
      if (last.get(name) === turn) last.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  };
}
