import type { Language } from '../domain/language.ts';
import type { AttachmentRef, Choice } from '../domain/message.ts';

/** A file that a customer sent; its bytes lie in the data folder under `id`. */
export type Upload = { id: string; name: string; sizeBytes: number; contentType: string };

/** One message of the web chat. */
export type ChatMessage = {
  id: number;
  thread: string;
  at: Date;
  author: 'customer' | 'bot' | 'human';
  /** Name of the person who wrote it; empty for the bot. */
  name: string;
  text: string;
  /** What a text of the bot is in. */
  language?: Language | null;
  choices: Choice[];
  attachment: AttachmentRef | null;
  uploads: Upload[];
};

/** The messages of the web chat. */
export interface ChatLog {
  /** Stores a message; the same key in the same thread is stored once. */
  append(message: Omit<ChatMessage, 'id'>, key: string): ChatMessage;
  hasKey(thread: string, key: string): boolean;
  /** Messages of a thread after an id, oldest first, at most `limit`, the newest when there are more. */
  after(thread: string, id: number, limit: number): ChatMessage[];
  findUpload(thread: string, uploadId: string): Upload | null;
}
