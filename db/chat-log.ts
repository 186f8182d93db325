import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { ChatLog, ChatMessage } from '../src/ports/chat-log.ts';
import type { Db } from './open.ts';
import { chatMessages } from './schema.ts';

/** The messages of the web chat. */
export function createChatLog(db: Db): ChatLog {
  const byKey = (thread: string, key: string) =>
    db
      .select()
      .from(chatMessages)
      .where(and(eq(chatMessages.thread, thread), eq(chatMessages.key, key)))
      .get();

  return {
    append: (message, key) =>
      db.transaction(() => {
        db.insert(chatMessages)
          .values({ ...message, key })
          .onConflictDoNothing()
          .run();
        const row = byKey(message.thread, key);
        if (!row) throw new Error('The message was not stored.');
        return toMessage(row);
      }),

    hasKey: (thread, key) => byKey(thread, key) !== undefined,

    after: (thread, id, limit) =>
      db
        .select()
        .from(chatMessages)
        .where(and(eq(chatMessages.thread, thread), gt(chatMessages.id, id)))
        .orderBy(desc(chatMessages.id))
        .limit(limit)
        .all()
        .reverse()
        .map(toMessage),

    findUpload: (thread, uploadId) =>
      db
        .select()
        .from(chatMessages)
        .where(
          and(eq(chatMessages.thread, thread), sql`json_array_length(${chatMessages.uploads}) > 0`),
        )
        .orderBy(asc(chatMessages.id))
        .all()
        .flatMap((row) => row.uploads)
        .find((upload) => upload.id === uploadId) ?? null,
  };
}

function toMessage(row: typeof chatMessages.$inferSelect): ChatMessage {
  const { key, ...message } = row;
  return message;
}
